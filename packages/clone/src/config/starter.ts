/** A configuration file to begin with; everything that it would change is commented out. */
export const STARTER_CONFIGURATION = `# Configuration of Clone-Xs. clxs config validate checks it; clxs config schema > clxs.schema.json helps editors:
# yaml-language-server: $schema=./clxs.schema.json

# Keys of a clone, as the API has them. They hold for every run; flags of the command line have the last word.
# source_catalog: demo_quick
# exclude_schemas: [information_schema, default, scratch]
# max_parallel_queries: 10

# Named sets of keys over those above: clxs clone --config-profile nightly
profiles:
  nightly:
    load_type: SELECTIVE
    # destination_catalog: demo_copy

# What holds for every run.
settings:
  # Catalogs that nothing is ever written to.
  protected_catalogs: []
  # Hosts that requests may send clxs serve to, beside those of saved connections.
  allowed_hosts: []
  # Where runs leave their traces in the source workspace.
  audit:
    catalog: edp_dev
    log_schema: logging
    run_table: logging_01
    metrics_schema: metrics
    metrics_table: clone_metrics
  # What estimates reckon with.
  # prices:
  #   storage_usd_per_gb_month: 0.023
`;
