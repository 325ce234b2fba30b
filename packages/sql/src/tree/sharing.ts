import type { QualifiedName, Span } from "./expressions.ts";

/** What a share can hold. */
export type SharedWord = "TABLE" | "VIEW" | "VOLUME" | "SCHEMA" | "FUNCTION";

/** What Delta Sharing adds to a metastore. Names have one part. */
export type SharingWord = "SHARE" | "RECIPIENT" | "PROVIDER";

/** Statements of Delta Sharing. GRANT and REVOKE on a share are those of other securables; their principal is a recipient. */
export type SharingStatement = Span &
  (
    | {
        readonly kind: "createShare";
        readonly name: QualifiedName;
        readonly ifNotExists: boolean;
        readonly comment?: string;
      }
    | {
        readonly kind: "createRecipient";
        readonly name: QualifiedName;
        readonly ifNotExists: boolean;
        /** USING ID: the metastore that shall receive. Absent for recipients outside of Databricks. */
        readonly id?: string;
        readonly comment?: string;
      }
    | { readonly kind: "alterShare"; readonly name: QualifiedName; readonly action: AlterShareAction }
    | {
        readonly kind: "dropSharing";
        readonly type: "SHARE" | "RECIPIENT";
        readonly name: QualifiedName;
        readonly ifExists: boolean;
      }
    | { readonly kind: "describeSharing"; readonly type: SharingWord; readonly name: QualifiedName }
    /** SHOW SHARES, RECIPIENTS, PROVIDERS; SHOW SHARES IN PROVIDER p then has `provider`. */
    | {
        readonly kind: "showSharing";
        readonly what: "SHARES" | "RECIPIENTS" | "PROVIDERS";
        readonly provider?: QualifiedName;
        readonly like?: string;
      }
    | { readonly kind: "showAllInShare"; readonly share: QualifiedName }
    | { readonly kind: "showRecipientGrants"; readonly recipient: QualifiedName }
  );

export type AlterShareAction =
  | {
      /** ADD, and ALTER of what is in the share. */
      readonly kind: "addObject" | "alterObject";
      readonly type: SharedWord;
      readonly name: QualifiedName;
      /** Name for recipients, `schema.name`. */
      readonly sharedAs?: QualifiedName;
      /** WITH HISTORY and WITHOUT HISTORY; absent where nothing was said. */
      readonly history?: boolean;
      /** WITH CHANGE DATA FEED */
      readonly changeData: boolean;
      readonly comment?: string;
    }
  | { readonly kind: "removeObject"; readonly type: SharedWord; readonly name: QualifiedName };
