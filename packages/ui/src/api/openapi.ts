// Made by `npm run openapi` from the routes of the server: change them, not this.
export interface paths {
    "/api/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server lives */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/whoami": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The workspace and the user */
        get: operations["whoAmI"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/catalogs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Catalogs */
        get: operations["listCatalogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/catalogs/{catalog}/schemas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Schemas of a catalog */
        get: operations["listSchemas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/catalogs/{catalog}/schemas/{schema}/tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tables and views of a schema */
        get: operations["listTables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Submit a clone */
        post: operations["submitClone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clone/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List runs, newest first */
        get: operations["listRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clone/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One run in full */
        get: operations["getRun"];
        put?: never;
        post?: never;
        /** Cancel a run */
        delete: operations["cancelRun"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clone/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on with a run that was interrupted */
        post: operations["resumeRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clone/{id}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a run back, or look at what that would do */
        post: operations["rollBackRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clone/{id}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The plan of a run, as POST /api/apply takes it */
        get: operations["getPlan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Carry out a plan exactly as it was made */
        post: operations["applyPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clone/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Live events of a run, from the event after Last-Event-ID */
        get: operations["streamRunEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a clone would do now, and why */
        post: operations["planClone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Where two catalogs differ */
        post: operations["diffCatalogs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/estimate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a full clone weighs and costs, and what a selective one would copy */
        post: operations["estimateClone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/preflight": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whether a clone can be expected to succeed, and the rights that are missing */
        post: operations["preflightClone"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Saved connections */
        get: operations["listConnections"];
        put?: never;
        /** Save a connection */
        post: operations["addConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One saved connection */
        get: operations["getConnection"];
        /** Put a whole connection in the place of a saved one, which may get another name */
        put: operations["replaceConnection"];
        post?: never;
        /** Delete a saved connection with its credentials */
        delete: operations["deleteConnection"];
        options?: never;
        head?: never;
        /** Change a saved connection */
        patch: operations["changeConnection"];
        trace?: never;
    };
    "/api/connections/{name}/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whether a saved connection works */
        post: operations["validateConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whether a connection works that is not saved, or not as it is given here */
        post: operations["validateUnsavedConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections/{name}/warehouses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** SQL warehouses that a connection may use */
        get: operations["listWarehousesOfConnection"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections/warehouses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** SQL warehouses that a connection may use, for one that is not saved, or not as it is given here */
        post: operations["listWarehousesOfUnsavedConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections/{name}/catalogs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Catalogs that a connection sees */
        get: operations["listCatalogsOfConnection"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections/catalogs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Catalogs that a connection sees, for one that is not saved, or not as it is given here */
        post: operations["listCatalogsOfUnsavedConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections/{name}/whoami": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The workspace of a connection, and the user there */
        get: operations["whoAmIByConnection"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/connections/whoami": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The workspace of a connection, and the user there, for one that is not saved, or not as it is given here */
        post: operations["whoAmIByUnsavedConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/continuous-sync/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a stream would do and cost, and what stands in its way */
        post: operations["planStream"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/continuous-sync/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the first copies and keep them in sync; a stream that runs already is found */
        post: operations["startStream"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/continuous-sync/streams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Streams, the newest first */
        get: operations["listStreams"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/continuous-sync/streams/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One stream */
        get: operations["getStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/continuous-sync/streams/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a stream and wait until it has ended */
        post: operations["stopStream"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/continuous-sync/streams/{id}/restart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a stream's run and begin another */
        post: operations["restartStream"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ConnectionChange: {
            name?: string;
            host?: string | null;
            /** @enum {string} */
            auth_method?: "pat" | "service_principal" | "profile";
            token?: string | null;
            client_id?: string | null;
            client_secret?: string | null;
            profile?: string | null;
            warehouse_id?: string | null;
            destination_catalog?: string | null;
        };
        NewConnection: {
            name: string;
            host?: string | null;
            /** @enum {string} */
            auth_method: "pat" | "service_principal" | "profile";
            token?: string | null;
            client_id?: string | null;
            client_secret?: string | null;
            profile?: string | null;
            warehouse_id?: string | null;
            destination_catalog?: string | null;
        };
        TriedConnection: {
            /** @description Of a saved connection, for what is not given */
            name?: string;
            host?: string | null;
            /** @enum {string} */
            auth_method?: "pat" | "service_principal" | "profile";
            token?: string | null;
            client_id?: string | null;
            client_secret?: string | null;
            profile?: string | null;
            warehouse_id?: string | null;
            destination_catalog?: string | null;
        };
        WholeConnection: {
            name?: string;
            host?: string | null;
            /** @enum {string} */
            auth_method: "pat" | "service_principal" | "profile";
            token?: string | null;
            client_id?: string | null;
            client_secret?: string | null;
            profile?: string | null;
            warehouse_id?: string | null;
            destination_catalog?: string | null;
        };
        DiffRequest: {
            source_catalog: string;
            destination_catalog: string;
            include_schemas?: string[];
            exclude_schemas?: string[];
        };
        PlanDocumentInput: {
            /** @constant */
            format: "clone-xs plan";
            /** @constant */
            version: 1;
            product: string;
            madeAt: string;
            madeBy: string;
            host: string;
            plan: unknown;
            against: {
                [key: string]: unknown;
            };
            metastoreId: string;
            digest: string;
        } & {
            [key: string]: unknown;
        };
        RollbackRequest: {
            dry_run?: boolean;
            force?: boolean;
        };
        Connection: {
            name: string;
            host: string | null;
            /** @enum {string} */
            auth_method: "pat" | "service_principal" | "profile";
            profile: string | null;
            warehouse_id: string | null;
            destination_catalog: string | null;
            /** @enum {string} */
            credentials: "kept" | "unreadable" | "profile";
            created_at: string;
            updated_at: string;
        };
        ConnectionCheck: {
            ok: boolean;
            host: string | null;
            user_name: string | null;
            metastore_id: string | null;
            warehouse: {
                id: string;
                name: string;
                state: string | null;
                size: string | null;
                serverless: boolean;
            } | null;
            checks: {
                /** @enum {string} */
                check: "connect" | "metastore" | "warehouse";
                ok: boolean;
                message: string;
            }[];
        };
        Connections: {
            connections: components["schemas"]["Connection"][];
        };
        DeletedConnection: {
            name: string;
            message: string;
        };
        Warehouses: {
            warehouses: {
                id: string;
                name: string;
                state: string | null;
                size: string | null;
                serverless: boolean;
            }[];
        };
        Estimate: {
            source_catalog: string;
            destination_catalog: string | null;
            total_bytes: number;
            total_gb: number;
            monthly_cost_usd: number;
            yearly_cost_usd: number;
            table_count: number;
            readonly top_tables: {
                schema: string;
                table: string;
                format: string;
                size_bytes: number;
                size_gb: number;
            }[];
            prices: {
                storage_usd_per_gb_month: number;
                /** @enum {string} */
                storage_price_from: "default" | "configuration" | "request";
                note: string;
            };
            readonly unmeasured: {
                table: string;
                reason: string;
            }[];
            selective?: {
                /** @constant */
                target_exists: true;
                tables_to_clone: number;
                tables_in_sync: number;
                size_bytes: number;
                size_gb: number;
                monthly_cost_usd: number;
                savings_pct: number;
                recommended: boolean;
                drift_breakdown: {
                    [key: string]: number;
                };
                readonly top_drifted_tables: {
                    schema: string;
                    table: string;
                    format: string;
                    size_bytes: number;
                    size_gb: number;
                    reason: string;
                    method: string;
                }[];
            };
        } & {
            [key: string]: unknown;
        };
        Diff: {
            source_catalog: string;
            destination_catalog: string;
            identical: boolean;
            compared: {
                [key: string]: number;
            };
            readonly differences: {
                object: string;
                what: string;
                source: string | null;
                target: string | null;
            }[];
        } & {
            [key: string]: unknown;
        };
        Plan: {
            /** @constant */
            version: 1;
            sourceCatalog: string;
            destinationCatalog: string;
            targetExists: boolean;
            readonly decisions: ({
                /** @enum {string} */
                kind: "table" | "view" | "function" | "volume";
                schema: string;
                name: string;
                /** @enum {string} */
                action: "clone" | "keep" | "leave" | "block" | "refuse" | "impossible" | "drop";
                reason: string;
                detail?: string;
            } & {
                [key: string]: unknown;
            })[];
            readonly steps: ({
                id: string;
                stage: string;
                object: string;
                reason: string;
            } & {
                [key: string]: unknown;
            })[];
            readonly blocked: {
                object: string;
                operation: string;
                code: string;
                message: string;
            }[];
            readonly refused: {
                object: string;
                operation: string;
                code: string;
                message: string;
            }[];
            readonly residue: {
                object: string;
                what: string;
                reason: string;
            }[];
            readonly access: {
                principal: string;
                object: string;
                readonly privileges: string[];
            }[];
            cut?: {
                from: string;
            };
            readonly notes: string[];
        } & {
            [key: string]: unknown;
        };
        PlanDocument: {
            /** @constant */
            format: "clone-xs plan";
            /** @constant */
            version: 1;
            product: string;
            madeAt: string;
            madeBy: string;
            host: string;
            plan: unknown;
            against: {
                [key: string]: unknown;
            };
            metastoreId: string;
            digest: string;
        } & {
            [key: string]: unknown;
        };
        Preflight: {
            source_catalog: string;
            destination_catalog: string;
            host: string;
            user_name: string;
            ok: boolean;
            blocking: number;
            warnings: number;
            readonly checks: {
                check: string;
                /** @enum {string} */
                state: "pass" | "warn" | "block" | "unknown";
                object: string;
                message: string;
                grant?: string;
            }[];
            readonly grants: string[];
        } & {
            [key: string]: unknown;
        };
        FieldProblem: {
            path: string;
            message: string;
            suggestion?: string;
        };
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            code: string;
            errors?: components["schemas"]["FieldProblem"][];
        };
        Rollback: {
            run_id: string;
            destination_catalog: string;
            /** @enum {string} */
            status: "success" | "partial" | "failed" | "cancelled";
            dry_run: boolean;
            readonly undone: {
                object: string;
                what: string;
            }[];
            readonly left: {
                object: string;
                reason: string;
            }[];
            readonly errors: {
                object: string;
                operation: string;
                code: string;
                message: string;
            }[];
        } & {
            [key: string]: unknown;
        };
        Cancelled: {
            job_id: string;
            status: components["schemas"]["RunState"];
            message: string;
            restored: string[];
        };
        Run: {
            job_id: string;
            status: components["schemas"]["RunState"];
            source_catalog: string;
            destination_catalog: string;
            clone_type: string;
            load_type: string;
            dry_run: boolean;
            targets: {
                name: string;
                destination_catalog: string;
            }[];
            progress: components["schemas"]["RunProgress"] | null;
            outcome: {
                /** @enum {string} */
                status: "success" | "partial" | "failed" | "cancelled";
                tables: {
                    success: number;
                    failed: number;
                    skipped: number;
                };
                bytes_copied: number;
            } | null;
            error: string | null;
            created_at: string;
            started_at: string | null;
            completed_at: string | null;
            request: {
                [key: string]: unknown;
            };
            result: components["schemas"]["RunSummary"] | null;
            summary: components["schemas"]["RunSummary"] | null;
            resumable: boolean;
            undoable: boolean;
            rollback: components["schemas"]["Rollback"] | null;
            logs: string[];
        };
        RunListItem: {
            job_id: string;
            status: components["schemas"]["RunState"];
            source_catalog: string;
            destination_catalog: string;
            clone_type: string;
            load_type: string;
            dry_run: boolean;
            targets: {
                name: string;
                destination_catalog: string;
            }[];
            progress: components["schemas"]["RunProgress"] | null;
            outcome: {
                /** @enum {string} */
                status: "success" | "partial" | "failed" | "cancelled";
                tables: {
                    success: number;
                    failed: number;
                    skipped: number;
                };
                bytes_copied: number;
            } | null;
            error: string | null;
            created_at: string;
            started_at: string | null;
            completed_at: string | null;
        };
        RunProgress: {
            /** @enum {string} */
            phase: "inspecting" | "planning" | "executing" | "validating" | "summarizing";
            objectsDone: number;
            objectsTotal: number;
            objectsFailed: number;
            bytesCopied: number;
            bytesTotal: number | null;
            readonly running: string[];
        };
        /** @enum {string} */
        RunState: "queued" | "running" | "cancelling" | "completed" | "failed" | "cancelled";
        RunSummary: {
            run_id: string;
            /** @enum {string} */
            mode: "full" | "incremental" | "selective" | "fanout";
            /** @enum {string} */
            status: "success" | "partial" | "failed" | "cancelled";
            /** @enum {string} */
            clone_type: "DEEP" | "SHALLOW";
            dry_run: boolean;
            source_catalog: string;
            destination_catalog: string;
            target_name?: string;
            target_host?: string;
            share_name?: string;
            /** @enum {string} */
            share_status?: "created" | "reused";
            recipient_name?: string;
            /** @enum {string} */
            recipient_status?: "created" | "reused";
            shared_catalog_name?: string;
            /** @enum {string} */
            shared_catalog_status?: "created" | "reused";
            started_at: string;
            completed_at: string;
            duration_seconds: number;
            schemas_processed: number;
            tables: {
                success: number;
                failed: number;
                skipped: number;
            };
            views: {
                success: number;
                failed: number;
                skipped: number;
            };
            functions: {
                success: number;
                failed: number;
                skipped: number;
            };
            volumes: {
                success: number;
                failed: number;
                skipped: number;
            };
            readonly errors: {
                target?: string;
                object: string;
                operation: string;
                code: string;
                message: string;
            }[];
            schema_durations: {
                [key: string]: number;
            };
            formats: {
                [key: string]: number;
            };
            bytes_copied: number;
            files_copied: number;
            source_table_size: number;
            source_num_of_files: number;
            /** @default 0 */
            volume_files_copied: number;
            /** @default 0 */
            volume_bytes_copied: number;
            statements: {
                [key: string]: number;
            };
            readonly residue: {
                object: string;
                what: string;
                reason: string;
            }[];
            target_count?: number;
            succeeded_targets?: number;
            failed_targets?: number;
            readonly per_target?: {
                target_name: string;
                target_host: string;
                destination_catalog: string;
                /** @enum {string} */
                target_status: "success" | "partial" | "failed";
                target_duration_seconds: number;
                tables: {
                    success: number;
                    failed: number;
                    skipped: number;
                };
                views: {
                    success: number;
                    failed: number;
                    skipped: number;
                };
                functions: {
                    success: number;
                    failed: number;
                    skipped: number;
                };
                volumes: {
                    success: number;
                    failed: number;
                    skipped: number;
                };
                bytes_copied: number;
                files_copied: number;
                formats: {
                    [key: string]: number;
                };
                /** @enum {string} */
                load_type: "FULL" | "INCREMENTAL" | "SELECTIVE";
                total_drifted_tables?: number;
                statements: {
                    [key: string]: number;
                };
                readonly residue: {
                    object: string;
                    what: string;
                    reason: string;
                }[];
                share_name?: string;
                /** @enum {string} */
                share_status?: "created" | "reused";
                recipient_name?: string;
                /** @enum {string} */
                recipient_status?: "created" | "reused";
                shared_catalog_name?: string;
                /** @enum {string} */
                shared_catalog_status?: "created" | "reused";
                error?: string;
            }[];
            planned?: {
                bytes?: number;
                tables: number;
                views: number;
                functions: number;
                volumes: number;
            };
            readonly orphaned?: string[];
            validation?: components["schemas"]["Verification"];
            total_drifted_tables?: number;
            readonly drift?: {
                schema: string;
                table: string;
                reason: string;
                source_version: number | null;
                cloned_version: number | null;
            }[];
            selective?: {
                target_exists: boolean;
                tables_to_clone: number;
                tables_in_sync: number;
                size_bytes?: number;
                savings_pct: number;
                recommended: boolean;
            };
        } & {
            [key: string]: unknown;
        };
        Submitted: {
            job_id: string;
            status: components["schemas"]["RunState"];
            message: string;
        };
        Stream: {
            stream_id: string;
            source_catalog: string;
            destination_catalog: string;
            schema: string | null;
            readonly tables: string[];
            trigger_ms: number;
            run_id: string;
            run_name: string;
            run_page_url: string | null;
            attempt: number;
            submitted_at: string;
            status: components["schemas"]["StreamState"];
            error: string | null;
            last_polled_at: string;
            program_path: string;
            progress: {
                [key: string]: {
                    /** @enum {string} */
                    method: "merge" | "clone";
                    checkpoint: string | null;
                    lag_seconds: number | null;
                    error: string | null;
                };
            };
        } & {
            [key: string]: unknown;
        };
        StreamPlan: {
            stream_id: string;
            source_catalog: string;
            destination_catalog: string;
            schema: string | null;
            trigger_ms: number;
            readonly tables: {
                table: string;
                source: string;
                target: string;
                /** @enum {string} */
                method: "merge" | "clone";
                reason: string;
                readonly keys: string[];
                keys_from: ("request" | "primary_key") | null;
                change_feed: boolean;
                /** @enum {string} */
                first_copy: "create" | "replace" | "continue";
                source_version: string;
            }[];
            readonly skipped: {
                table: string;
                reason: string;
            }[];
            readonly without_change_feed: {
                table: string;
                alter: string;
            }[];
            readonly problems: {
                table: string | null;
                code: string;
                message: string;
                remedy?: string;
            }[];
            cost: {
                compute_hours_per_day: number;
                dbu_per_hour: {
                    value: number;
                    /** @enum {string} */
                    from: "default" | "configuration" | "request";
                    note: string;
                };
                usd_per_dbu: {
                    value: number;
                    /** @enum {string} */
                    from: "default" | "configuration" | "request";
                    note: string;
                };
                usd_per_day: number;
                note: string;
            };
        } & {
            [key: string]: unknown;
        };
        /** @enum {string} */
        StreamState: "starting" | "running" | "stopping" | "stopped" | "failed";
        Streams: components["schemas"]["Stream"][];
        Verification: {
            matched: number;
            differing: number;
            not_comparable: number;
            readonly objects: {
                object: string;
                /** @enum {string} */
                kind: "table" | "view" | "function" | "volume" | "schema";
                /** @enum {string} */
                verdict: "match" | "differs" | "not_comparable";
                reason: string | null;
                source_version: string | null;
                target_version: string | null;
                source_rows: number | null;
                target_rows: number | null;
                source_hash: string | null;
                target_hash: string | null;
                files?: number;
                readonly differences: {
                    object: string;
                    what: string;
                    source: string | null;
                    target: string | null;
                }[];
                readonly notes: string[];
            }[];
        };
        Catalogs: {
            catalogs: {
                name: string;
                owner: string;
                comment: string | null;
                catalog_type: string;
            }[];
        };
        Health: {
            /** @constant */
            status: "ok";
            version: string;
            runs: {
                queued: number;
                running: number;
            };
        };
        Schemas: {
            schemas: {
                name: string;
                owner: string;
                comment: string | null;
            }[];
        };
        Tables: {
            tables: {
                name: string;
                table_type: string;
                format: string | null;
                columns: number;
                comment: string | null;
            }[];
        };
        Whoami: {
            host: string;
            user_name: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    whoAmI: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Whoami"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace answered with an error. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace cannot be reached. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCatalogs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Catalogs"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace answered with an error. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace cannot be reached. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSchemas: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                catalog: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schemas"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace answered with an error. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace cannot be reached. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTables: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                catalog: string;
                schema: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tables"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace answered with an error. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace cannot be reached. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    submitClone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    source_catalog: string;
                    destination_catalog: string;
                    /** @enum {string} */
                    clone_type?: "DEEP" | "SHALLOW";
                    /** @enum {string} */
                    load_type?: "FULL" | "INCREMENTAL" | "SELECTIVE";
                    dry_run?: boolean;
                    include_schemas?: string[];
                    exclude_schemas?: string[];
                    include_tables_regex?: string | null;
                    exclude_tables_regex?: string | null;
                    include_objects?: {
                        schema: string;
                        name: string;
                        /** @enum {string} */
                        type: "table" | "view" | "function" | "volume";
                    }[];
                    copy_permissions?: boolean;
                    copy_ownership?: boolean;
                    copy_tags?: boolean;
                    copy_properties?: boolean;
                    copy_security?: boolean;
                    copy_constraints?: boolean;
                    copy_comments?: boolean;
                    clone_views?: boolean;
                    clone_functions?: boolean;
                    clone_volumes?: boolean;
                    as_of_timestamp?: string | null;
                    as_of_version?: (number | string) | null;
                    where_clauses?: {
                        [key: string]: string;
                    };
                    schema_only?: boolean;
                    force_reclone?: boolean;
                    replace_foreign?: boolean;
                    /** @enum {string} */
                    on_target_modified?: "fail" | "skip" | "overwrite";
                    clone_tbl_properties?: {
                        [key: string]: string;
                    };
                    quiesce_source?: boolean;
                    /** @enum {string} */
                    quiesce_until?: "cloned" | "pinned";
                    quiesce_wide?: boolean;
                    /** @enum {string} */
                    prune?: "report" | "drop";
                    /** @enum {string} */
                    access?: "report" | "refuse";
                    validate_after_clone?: boolean;
                    enable_rollback?: boolean;
                    location?: string | null;
                    warehouse_id?: string | null;
                    max_workers?: number;
                    max_parallel_queries?: number;
                    target_workspace?: (string | {
                        /** @description Name of a saved connection */
                        connection?: string | null;
                        /** @description How the target is called in results and logs; the connection's name when absent */
                        name?: string | null;
                        /** @description Catalog on this target; the request's when absent */
                        destination_catalog?: string | null;
                        data_sync_mode?: ("snapshot_once" | "incremental" | "force_full") | null;
                        auto_handle_masks?: boolean | null;
                        cleanup_after_clone?: boolean | null;
                        host?: string | null;
                        auth_method?: ("pat" | "service_principal" | "profile") | null;
                        token?: string | null;
                        client_id?: string | null;
                        client_secret?: string | null;
                        profile?: string | null;
                        warehouse_id?: string | null;
                    }) | null;
                    target_workspaces?: (string | {
                        /** @description Name of a saved connection */
                        connection?: string | null;
                        /** @description How the target is called in results and logs; the connection's name when absent */
                        name?: string | null;
                        /** @description Catalog on this target; the request's when absent */
                        destination_catalog?: string | null;
                        data_sync_mode?: ("snapshot_once" | "incremental" | "force_full") | null;
                        auto_handle_masks?: boolean | null;
                        cleanup_after_clone?: boolean | null;
                        host?: string | null;
                        auth_method?: ("pat" | "service_principal" | "profile") | null;
                        token?: string | null;
                        client_id?: string | null;
                        client_secret?: string | null;
                        profile?: string | null;
                        warehouse_id?: string | null;
                    })[];
                    fanout_max_parallel?: number;
                    strict?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Submitted"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than this server reads. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRuns: {
        parameters: {
            query?: {
                limit?: number;
                before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunListItem"][];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cancelled"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible now: something else is in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Submitted"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible now: something else is in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than this server reads. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rollBackRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RollbackRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rollback"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible now: something else is in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than this server reads. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace answered with an error. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace cannot be reached. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanDocument"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace answered with an error. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace cannot be reached. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    applyPlan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanDocumentInput"];
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Submitted"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than this server reads. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamRunEvents: {
        parameters: {
            query?: {
                after?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    planClone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    source_catalog: string;
                    destination_catalog: string;
                    /** @enum {string} */
                    clone_type?: "DEEP" | "SHALLOW";
                    /** @enum {string} */
                    load_type?: "FULL" | "INCREMENTAL" | "SELECTIVE";
                    dry_run?: boolean;
                    include_schemas?: string[];
                    exclude_schemas?: string[];
                    include_tables_regex?: string | null;
                    exclude_tables_regex?: string | null;
                    include_objects?: {
                        schema: string;
                        name: string;
                        /** @enum {string} */
                        type: "table" | "view" | "function" | "volume";
                    }[];
                    copy_permissions?: boolean;
                    copy_ownership?: boolean;
                    copy_tags?: boolean;
                    copy_properties?: boolean;
                    copy_security?: boolean;
                    copy_constraints?: boolean;
                    copy_comments?: boolean;
                    clone_views?: boolean;
                    clone_functions?: boolean;
                    clone_volumes?: boolean;
                    as_of_timestamp?: string | null;
                    as_of_version?: (number | string) | null;
                    where_clauses?: {
                        [key: string]: string;
                    };
                    schema_only?: boolean;
                    force_reclone?: boolean;
                    replace_foreign?: boolean;
                    /** @enum {string} */
                    on_target_modified?: "fail" | "skip" | "overwrite";
                    clone_tbl_properties?: {
                        [key: string]: string;
                    };
                    quiesce_source?: boolean;
                    /** @enum {string} */
                    quiesce_until?: "cloned" | "pinned";
                    quiesce_wide?: boolean;
                    /** @enum {string} */
                    prune?: "report" | "drop";
                    /** @enum {string} */
                    access?: "report" | "refuse";
                    validate_after_clone?: boolean;
                    enable_rollback?: boolean;
                    location?: string | null;
                    warehouse_id?: string | null;
                    max_workers?: number;
                    max_parallel_queries?: number;
                    target_workspace?: (string | {
                        /** @description Name of a saved connection */
                        connection?: string | null;
                        /** @description How the target is called in results and logs; the connection's name when absent */
                        name?: string | null;
                        /** @description Catalog on this target; the request's when absent */
                        destination_catalog?: string | null;
                        data_sync_mode?: ("snapshot_once" | "incremental" | "force_full") | null;
                        auto_handle_masks?: boolean | null;
                        cleanup_after_clone?: boolean | null;
                        host?: string | null;
                        auth_method?: ("pat" | "service_principal" | "profile") | null;
                        token?: string | null;
                        client_id?: string | null;
                        client_secret?: string | null;
                        profile?: string | null;
                        warehouse_id?: string | null;
                    }) | null;
                    target_workspaces?: (string | {
                        /** @description Name of a saved connection */
                        connection?: string | null;
                        /** @description How the target is called in results and logs; the connection's name when absent */
                        name?: string | null;
                        /** @description Catalog on this target; the request's when absent */
                        destination_catalog?: string | null;
                        data_sync_mode?: ("snapshot_once" | "incremental" | "force_full") | null;
                        auto_handle_masks?: boolean | null;
                        cleanup_after_clone?: boolean | null;
                        host?: string | null;
                        auth_method?: ("pat" | "service_principal" | "profile") | null;
                        token?: string | null;
                        client_id?: string | null;
                        client_secret?: string | null;
                        profile?: string | null;
                        warehouse_id?: string | null;
                    })[];
                    fanout_max_parallel?: number;
                    strict?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plan"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible now: something else is in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than this server reads. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace answered with an error. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace cannot be reached. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    diffCatalogs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DiffRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Diff"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible now: something else is in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than this server reads. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace answered with an error. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace cannot be reached. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    estimateClone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    source_catalog: string;
                    destination_catalog?: string | null;
                    include_schemas?: string[];
                    exclude_schemas?: string[];
                    storage_usd_per_gb_month?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Estimate"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible now: something else is in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than this server reads. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace answered with an error. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace cannot be reached. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preflightClone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    source_catalog: string;
                    destination_catalog: string;
                    /** @enum {string} */
                    clone_type?: "DEEP" | "SHALLOW";
                    /** @enum {string} */
                    load_type?: "FULL" | "INCREMENTAL" | "SELECTIVE";
                    dry_run?: boolean;
                    include_schemas?: string[];
                    exclude_schemas?: string[];
                    include_tables_regex?: string | null;
                    exclude_tables_regex?: string | null;
                    include_objects?: {
                        schema: string;
                        name: string;
                        /** @enum {string} */
                        type: "table" | "view" | "function" | "volume";
                    }[];
                    copy_permissions?: boolean;
                    copy_ownership?: boolean;
                    copy_tags?: boolean;
                    copy_properties?: boolean;
                    copy_security?: boolean;
                    copy_constraints?: boolean;
                    copy_comments?: boolean;
                    clone_views?: boolean;
                    clone_functions?: boolean;
                    clone_volumes?: boolean;
                    as_of_timestamp?: string | null;
                    as_of_version?: (number | string) | null;
                    where_clauses?: {
                        [key: string]: string;
                    };
                    schema_only?: boolean;
                    force_reclone?: boolean;
                    replace_foreign?: boolean;
                    /** @enum {string} */
                    on_target_modified?: "fail" | "skip" | "overwrite";
                    clone_tbl_properties?: {
                        [key: string]: string;
                    };
                    quiesce_source?: boolean;
                    /** @enum {string} */
                    quiesce_until?: "cloned" | "pinned";
                    quiesce_wide?: boolean;
                    /** @enum {string} */
                    prune?: "report" | "drop";
                    /** @enum {string} */
                    access?: "report" | "refuse";
                    validate_after_clone?: boolean;
                    enable_rollback?: boolean;
                    location?: string | null;
                    warehouse_id?: string | null;
                    max_workers?: number;
                    max_parallel_queries?: number;
                    target_workspace?: (string | {
                        /** @description Name of a saved connection */
                        connection?: string | null;
                        /** @description How the target is called in results and logs; the connection's name when absent */
                        name?: string | null;
                        /** @description Catalog on this target; the request's when absent */
                        destination_catalog?: string | null;
                        data_sync_mode?: ("snapshot_once" | "incremental" | "force_full") | null;
                        auto_handle_masks?: boolean | null;
                        cleanup_after_clone?: boolean | null;
                        host?: string | null;
                        auth_method?: ("pat" | "service_principal" | "profile") | null;
                        token?: string | null;
                        client_id?: string | null;
                        client_secret?: string | null;
                        profile?: string | null;
                        warehouse_id?: string | null;
                    }) | null;
                    target_workspaces?: (string | {
                        /** @description Name of a saved connection */
                        connection?: string | null;
                        /** @description How the target is called in results and logs; the connection's name when absent */
                        name?: string | null;
                        /** @description Catalog on this target; the request's when absent */
                        destination_catalog?: string | null;
                        data_sync_mode?: ("snapshot_once" | "incremental" | "force_full") | null;
                        auto_handle_masks?: boolean | null;
                        cleanup_after_clone?: boolean | null;
                        host?: string | null;
                        auth_method?: ("pat" | "service_principal" | "profile") | null;
                        token?: string | null;
                        client_id?: string | null;
                        client_secret?: string | null;
                        profile?: string | null;
                        warehouse_id?: string | null;
                    })[];
                    fanout_max_parallel?: number;
                    strict?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preflight"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible now: something else is in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than this server reads. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace answered with an error. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace cannot be reached. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConnections: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connections"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addConnection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewConnection"];
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible now: something else is in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than this server reads. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WholeConnection"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible now: something else is in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than this server reads. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedConnection"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionChange"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible now: something else is in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than this server reads. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    validateConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionCheck"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than this server reads. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    validateUnsavedConnection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TriedConnection"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionCheck"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible now: something else is in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than this server reads. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWarehousesOfConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Warehouses"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible now: something else is in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace answered with an error. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace cannot be reached. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWarehousesOfUnsavedConnection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TriedConnection"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Warehouses"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible now: something else is in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than this server reads. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace answered with an error. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace cannot be reached. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCatalogsOfConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Catalogs"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible now: something else is in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace answered with an error. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace cannot be reached. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCatalogsOfUnsavedConnection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TriedConnection"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Catalogs"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible now: something else is in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than this server reads. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace answered with an error. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace cannot be reached. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    whoAmIByConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Whoami"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible now: something else is in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace answered with an error. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace cannot be reached. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    whoAmIByUnsavedConnection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TriedConnection"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Whoami"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible now: something else is in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than this server reads. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace answered with an error. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace cannot be reached. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    planStream: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    source_catalog: string;
                    destination_catalog: string;
                    tables?: string[];
                    schema?: string | null;
                    trigger_ms?: number;
                    keys?: {
                        [key: string]: string[];
                    };
                    /** @enum {string} */
                    without_change_feed?: "refuse" | "clone";
                    compute?: {
                        /** @enum {string} */
                        kind: "serverless";
                        environment_version?: string;
                    } | {
                        /** @enum {string} */
                        kind: "cluster";
                        cluster_id: string;
                    };
                    max_retries?: number;
                    usd_per_dbu?: number;
                    dbu_per_hour?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StreamPlan"];
                };
            };
            /** @description The request cannot be read, or there is nothing to do. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible now: something else is in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than this server reads. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace answered with an error. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace cannot be reached. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startStream: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    source_catalog: string;
                    destination_catalog: string;
                    tables?: string[];
                    schema?: string | null;
                    trigger_ms?: number;
                    keys?: {
                        [key: string]: string[];
                    };
                    /** @enum {string} */
                    without_change_feed?: "refuse" | "clone";
                    compute?: {
                        /** @enum {string} */
                        kind: "serverless";
                        environment_version?: string;
                    } | {
                        /** @enum {string} */
                        kind: "cluster";
                        cluster_id: string;
                    };
                    max_retries?: number;
                    usd_per_dbu?: number;
                    dbu_per_hour?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stream"];
                };
            };
            /** @description The request cannot be read, or there is nothing to do. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible now: something else is in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than this server reads. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace answered with an error. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace cannot be reached. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listStreams: {
        parameters: {
            query?: {
                refresh?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Streams"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace answered with an error. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace cannot be reached. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStream: {
        parameters: {
            query?: {
                refresh?: "true" | "false";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stream"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace answered with an error. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace cannot be reached. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stopStream: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stream"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible now: something else is in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace answered with an error. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace cannot be reached. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restartStream: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stream"];
                };
            };
            /** @description The server asks for a token, and none or another was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description There is no such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible now: something else is in the way. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A field cannot be used; `errors` names each. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace answered with an error. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workspace cannot be reached. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
