/** Files in `bronze.landing`: a table of text, a document, and a name with spaces and an umlaut in a folder. */
export const landingFiles = [
  {
    schema: "bronze",
    volume: "landing",
    path: "orders/2024-03-01.csv",
    text: "order_id,customer_id,status\n1,17,paid\n2,4,new\n",
  },
  {
    schema: "bronze",
    volume: "landing",
    path: "orders/2024-03-02.csv",
    text: "order_id,customer_id,status\n3,56,shipped\n",
  },
  {
    schema: "bronze",
    volume: "landing",
    path: "lies mich zuerst.md",
    text: "# Landing zone\n\nFiles arrive here before they are loaded into `bronze`.\n",
  },
] as const;
