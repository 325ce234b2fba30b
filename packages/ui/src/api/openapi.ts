// Made by `npm run openapi` from the routes of the server: change them, not this.
export interface paths {
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is asking, and whether this server asks for a token */
        get: operations["getSession"];
        put?: never;
        /** Sign in with a token: the answer sets a cookie */
        post: operations["signIn"];
        /** Sign out: the cookie opens nothing any more */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tokens by name, without their texts */
        get: operations["listTokens"];
        put?: never;
        /** Make a token; its text is in this answer only */
        post: operations["addToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a token, and end the sessions that were opened with it */
        delete: operations["removeToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, the newest first; kept for 90 days */
        get: operations["listActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
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
    "/api/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server can take runs and carry them out */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures of the server, as Prometheus reads them */
        get: operations["getMetrics"];
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
    "/api/catalogs/{catalog}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A catalog with its grants and tags */
        get: operations["getCatalog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/catalogs/{catalog}/lineage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What in a catalog is made from what */
        get: operations["getLineage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/catalogs/{catalog}/schemas/{schema}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A schema with its grants and tags */
        get: operations["getSchema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/catalogs/{catalog}/schemas/{schema}/tables/{table}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A table or view with columns, keys, grants and where it comes from */
        get: operations["getTable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/catalogs/{catalog}/schemas/{schema}/tables/{table}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions of a table, newest first */
        get: operations["getTableHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/catalogs/{catalog}/schemas/{schema}/functions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Functions of a schema */
        get: operations["listFunctions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/catalogs/{catalog}/schemas/{schema}/functions/{function}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A function with its body and grants */
        get: operations["getFunction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/catalogs/{catalog}/schemas/{schema}/volumes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Volumes of a schema */
        get: operations["listVolumes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/catalogs/{catalog}/schemas/{schema}/volumes/{volume}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A volume with its grants and tags */
        get: operations["getVolume"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/catalogs/{catalog}/schemas/{schema}/volumes/{volume}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Files of a folder of a volume */
        get: operations["listFiles"];
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
    "/api/clone/{id}/standing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a run stands, without its objects and its log */
        get: operations["getRunStanding"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clone/{id}/objects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of each object of a run */
        get: operations["listRunObjects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clone/{id}/object": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One object of a run, with what was done around it */
        get: operations["getRunObject"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clone/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a run did when */
        get: operations["getRunTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clone/{id}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lines of a run's log */
        get: operations["listRunLines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clone/{id}/statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** CLONE statements that a run sent */
        get: operations["listRunStatements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clone/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The report of a run that is over, to keep or to send */
        get: operations["getRunReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clone/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the copies of a run compare with their sources, as far as that is known */
        get: operations["getVerification"];
        put?: never;
        /** Begin to compare the copies of a run with their sources */
        post: operations["verifyRun"];
        /** Give up comparing the copies of a run */
        delete: operations["cancelVerification"];
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
        /** Live events of a run, from the event after Last-Event-ID, from its newest ones or from now */
        get: operations["streamRunEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest state of each run that changes, from now */
        get: operations["streamRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clone/{id}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every line of a run's log, as text or as one JSON object a line */
        get: operations["downloadRunLog"];
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
    "/api/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Plans that are kept, newest first */
        get: operations["listPlans"];
        put?: never;
        /** Make a plan now and keep it, to be looked through and applied later */
        post: operations["keepPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plans/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep a plan that clxs plan --out wrote */
        post: operations["openPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plans/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A kept plan in full: what it decides, and why */
        get: operations["getKeptPlan"];
        put?: never;
        post?: never;
        /** Forget a plan; a run that carries it out goes on */
        delete: operations["deletePlan"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plans/{id}/document": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The plan as a file, for clxs apply */
        get: operations["downloadPlan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plans/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whether a plan can still be applied, and what has moved since it was made */
        post: operations["checkPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plans/{id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve a plan or reject it; the last word counts */
        post: operations["reviewPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plans/{id}/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Carry out a kept plan exactly as it was made */
        post: operations["applyKeptPlan"];
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
    "/api/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Two catalogs side by side, every object with all that is compared of it */
        post: operations["compareCatalogs"];
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
    "/api/continuous-sync/streams/{id}/lag": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a stream was behind over time, as far as it was looked at */
        get: operations["getStreamLag"];
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
    "/api/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Schedules by name */
        get: operations["listSchedules"];
        put?: never;
        /** Save a schedule */
        post: operations["addSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/schedules/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The next five times of a cron text in a time zone */
        post: operations["previewSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/schedules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One schedule, with what became of its last times */
        get: operations["getSchedule"];
        /** Put a whole schedule in the place of a saved one */
        put: operations["replaceSchedule"];
        post?: never;
        /** Delete a schedule; its runs stay */
        delete: operations["deleteSchedule"];
        options?: never;
        head?: never;
        /** Change a schedule; enabled pauses it and lets it go on */
        patch: operations["changeSchedule"];
        trace?: never;
    };
    "/api/schedules/{id}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a run of a schedule now */
        post: operations["runSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Notification channels, without their addresses */
        get: operations["listNotificationChannels"];
        put?: never;
        /** Save a notification channel */
        post: operations["addNotificationChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notifications/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a notification channel with what is on its way to it */
        delete: operations["deleteNotificationChannel"];
        options?: never;
        head?: never;
        /** Change a notification channel; an address or secret that is not given stays */
        patch: operations["changeNotificationChannel"];
        trace?: never;
    };
    "/api/notifications/{name}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test, once */
        post: operations["testNotificationChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/notifications/{name}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last fifty deliveries to a channel, the newest first */
        get: operations["listNotificationDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What needs attention, what runs, and how every copy is, as far as the server knows */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/overview/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs and bytes by day, drift by copy and lag by stream, over time */
        get: operations["getOverviewSeries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workspace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The workspace that the server works on, its metastore, and as whom */
        get: operations["getWorkspace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/warehouses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The SQL warehouses of that workspace, and which one is used */
        get: operations["listWarehouses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where runs leave their traces in the workspace, and what is missing for that */
        get: operations["getAuditTables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the server keeps what it remembers */
        get: operations["getServerState"];
        put?: never;
        post?: never;
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
        NewNotificationChannel: {
            /** @description Unique */
            name: string;
            /** @enum {string} */
            kind: "webhook" | "slack";
            /** @description https, or http on this machine; kept sealed and never sent back */
            url: string;
            /** @description Of a webhook: signs what is sent. Kept sealed and never sent back; null takes it away */
            secret?: string | null;
            enabled?: boolean;
            /** @description Of all runs and streams; schedules may name the channel for more */
            events?: components["schemas"]["NotificationEventInput"][];
        };
        NotificationChannelChange: {
            /** @enum {string} */
            kind?: "webhook" | "slack";
            /** @description https, or http on this machine; kept sealed and never sent back */
            url?: string;
            /** @description Of a webhook: signs what is sent. Kept sealed and never sent back; null takes it away */
            secret?: string | null;
            enabled?: boolean;
            /** @description Of all runs and streams; schedules may name the channel for more */
            events?: components["schemas"]["NotificationEventInput"][];
        };
        /** @enum {string} */
        NotificationEventInput: "run_failed" | "run_completed" | "run_cancelled" | "drift_found" | "stream_failed" | "schedule_missed";
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
        PlanReviewRequest: {
            /** @enum {string} */
            verdict: "approved" | "rejected";
            /** @default  */
            note?: string;
        };
        RollbackRequest: {
            dry_run?: boolean;
            force?: boolean;
        };
        /** @enum {string} */
        ObjectStateInput: "waiting" | "started" | "succeeded" | "failed" | "skipped" | "kept" | "left" | "impossible";
        /** @enum {string} */
        RunStatusFilter: "live" | "queued" | "running" | "cancelling" | "completed" | "failed" | "partial" | "cancelled";
        VerifyRequest: {
            /** @enum {string} */
            rows?: "hash" | "count";
            content?: boolean;
            governance?: boolean;
        };
        /** @enum {string} */
        RoleInput: "viewer" | "operator" | "admin";
        SignIn: {
            token: string;
        };
        /** @enum {string} */
        ScheduleEventInput: "run_failed" | "run_completed" | "run_cancelled" | "drift_found" | "schedule_missed";
        /** @enum {string} */
        ScheduleKindInput: "clone" | "drift_check" | "verify";
        SchedulePreviewRequest: {
            cron: string;
            time_zone?: string;
        };
        NewToken: {
            name: string;
            role: components["schemas"]["RoleInput"];
            expires_in_days?: number | null;
        };
        Activities: {
            activities: components["schemas"]["Activity"][];
        };
        Activity: {
            id: number;
            at: string;
            who: string;
            role: components["schemas"]["Role"] | null;
            action: string;
            object: string;
            status: number;
            address: string;
        };
        Comparison: {
            source_catalog: string;
            destination_catalog: string;
            figures: {
                same: number;
                differs: number;
                only_source: number;
                only_target: number;
                not_compared: number;
            };
            readonly unread: {
                what: string;
                reason: string;
            }[];
            readonly objects: {
                /** @enum {string} */
                kind: "catalog" | "schema" | "table" | "view" | "function" | "volume";
                schema?: string;
                name: string;
                /** @enum {string} */
                state: "same" | "differs" | "only_source" | "only_target" | "not_compared";
                readonly rows: {
                    what: string;
                    column?: string;
                    name?: string;
                    /** @enum {string} */
                    state: "same" | "differs" | "only_source" | "only_target" | "unknown";
                    source: string | null;
                    target: string | null;
                    note?: string;
                }[];
            }[];
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
            rows: {
                compared: number;
                readonly not_compared: {
                    object: string;
                    reason: string;
                }[];
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
        CatalogDetail: {
            name: string;
            owner: string;
            comment: string | null;
            catalog_type: string;
            share: {
                provider: string;
                share: string;
            } | null;
            properties: {
                [key: string]: string;
            };
            counts: components["schemas"]["ObjectCounts"];
            grants: components["schemas"]["Grants"];
            tags: components["schemas"]["Tags"];
        };
        Dependencies: {
            /** @constant */
            understood: true;
            names: {
                catalog: string;
                schema: string;
                name: string;
                /** @enum {string} */
                kind: "relation" | "function";
            }[];
        } | {
            /** @constant */
            understood: false;
            message: string;
        };
        FunctionDetail: {
            catalog: string;
            schema: string;
            name: string;
            owner: string;
            comment: string | null;
            parameters: {
                name: string;
                type: string;
                default: string | null;
                comment: string | null;
            }[];
            returns: string;
            return_columns: {
                name: string;
                type: string;
                comment: string | null;
            }[] | null;
            language: string;
            deterministic: boolean;
            definition: string;
            dependencies: components["schemas"]["Dependencies"];
            grants: components["schemas"]["Grants"];
        };
        Functions: {
            functions: {
                name: string;
                returns: string;
                language: string;
                owner: string;
                comment: string | null;
            }[];
        };
        Grants: {
            /** @constant */
            ok: true;
            value: {
                principal: string;
                privilege: string;
                inherited_from: {
                    /** @enum {string} */
                    type: "catalog" | "schema" | "table" | "volume" | "function";
                    name: string;
                } | null;
            }[];
        } | {
            /** @constant */
            ok: false;
            error: {
                code: string;
                message: string;
            };
        };
        Lineage: {
            catalog: string;
            nodes: {
                catalog: string;
                schema: string;
                name: string;
                id: string;
                /** @enum {string} */
                kind: "table" | "view" | "function" | "unknown";
                other_catalog: boolean;
                note: string | null;
            }[];
            edges: {
                from: string;
                to: string;
                /** @enum {string} */
                why: "reads" | "calls" | "masks" | "filters" | "references" | "cloned_from";
            }[];
            unread: {
                schema: string;
                error: {
                    code: string;
                    message: string;
                };
            }[];
        };
        ObjectCounts: {
            /** @constant */
            ok: true;
            value: {
                schemas: number;
                tables: number;
                views: number;
                functions: number;
                volumes: number;
            };
        } | {
            /** @constant */
            ok: false;
            error: {
                code: string;
                message: string;
            };
        };
        Provenance: {
            run_id: string;
            source: string;
            source_version: string | null;
            source_timestamp: string | null;
            /** @enum {string} */
            rows: "all" | "where" | "none" | "unfinished";
            predicate: string | null;
        };
        SchemaDetail: {
            catalog: string;
            name: string;
            owner: string;
            comment: string | null;
            properties: {
                [key: string]: string;
            };
            provenance: components["schemas"]["Provenance"] | null;
            counts: components["schemas"]["ObjectCounts"];
            grants: components["schemas"]["Grants"];
            tags: components["schemas"]["Tags"];
        };
        TableDetail: {
            catalog: string;
            schema: string;
            name: string;
            owner: string;
            comment: string | null;
            table_type: string;
            format: string | null;
            storage_location: string | null;
            /** Format: date-time */
            updated_at: string;
            columns: {
                name: string;
                type: string;
                nullable: boolean;
                comment: string | null;
                partition_index: number | null;
                mask: {
                    function: string;
                    using_columns: string[];
                } | null;
            }[];
            properties: {
                [key: string]: string;
            };
            constraints: ({
                /** @constant */
                kind: "primary_key";
                name: string;
                columns: string[];
                rely: boolean;
            } | {
                /** @constant */
                kind: "foreign_key";
                name: string;
                columns: string[];
                parent_table: string;
                parent_columns: string[];
                rely: boolean;
            } | {
                /** @constant */
                kind: "check";
                name: string;
                condition: string;
            })[];
            row_filter: {
                function: string;
                input_columns: string[];
            } | null;
            provenance: components["schemas"]["Provenance"] | null;
            view: {
                definition: string;
                namespace: {
                    catalog: string;
                    schema: string;
                } | null;
                dependencies: components["schemas"]["Dependencies"];
            } | null;
            storage: ({
                /** @constant */
                ok: true;
                value: {
                    size_bytes: string | null;
                    files: string | null;
                    created_at: string | null;
                    modified_at: string | null;
                    clustering: string[];
                };
            } | {
                /** @constant */
                ok: false;
                error: {
                    code: string;
                    message: string;
                };
            }) | null;
            latest: ({
                /** @constant */
                ok: true;
                value: {
                    version: string;
                    timestamp: string;
                    operation: string;
                } | null;
            } | {
                /** @constant */
                ok: false;
                error: {
                    code: string;
                    message: string;
                };
            }) | null;
            grants: components["schemas"]["Grants"];
            tags: components["schemas"]["Tags"];
        };
        TableHistory: {
            entries: {
                version: string;
                timestamp: string;
                user_name: string | null;
                operation: string;
                parameters: {
                    [key: string]: string;
                };
                metrics: {
                    [key: string]: string;
                };
            }[];
            next: string | null;
        };
        Tags: {
            /** @constant */
            ok: true;
            value: {
                column: string | null;
                name: string;
                value: string;
            }[];
        } | {
            /** @constant */
            ok: false;
            error: {
                code: string;
                message: string;
            };
        };
        VolumeDetail: {
            catalog: string;
            schema: string;
            name: string;
            owner: string;
            comment: string | null;
            volume_type: string;
            storage_location: string;
            grants: components["schemas"]["Grants"];
            tags: components["schemas"]["Tags"];
        };
        VolumeFiles: {
            path: string;
            entries: {
                name: string;
                is_directory: boolean;
                size: string;
                /** Format: date-time */
                modified_at: string;
            }[];
            next: string | null;
        };
        Volumes: {
            volumes: {
                name: string;
                volume_type: string;
                owner: string;
                comment: string | null;
            }[];
        };
        AttentionItem: {
            id: string;
            /** @enum {string} */
            kind: "run_failed" | "residue" | "drift" | "guard_held" | "stream_failed" | "stream_lag" | "schedule_failed" | "schedule_missed" | "connection_unreadable" | "disk_low";
            /** @enum {string} */
            severity: "bad" | "warn";
            title: string;
            reason: string;
            since: string | null;
            pair: {
                source_catalog: string;
                destination_catalog: string;
                target: string | null;
            } | null;
            link: {
                label: string;
                page: string;
            };
            command: string | null;
        };
        Overview: {
            as_of: string;
            attention: components["schemas"]["AttentionItem"][];
            runs: {
                last_7_days: {
                    completed: number;
                    partial: number;
                    failed: number;
                    cancelled: number;
                    dry_runs: number;
                    bytes_copied: number;
                };
                last_30_days: {
                    completed: number;
                    partial: number;
                    failed: number;
                    cancelled: number;
                    dry_runs: number;
                    bytes_copied: number;
                };
            };
            live: components["schemas"]["RunListItem"][];
            recent: components["schemas"]["RunListItem"][];
            pairs: components["schemas"]["PairOverview"][];
            streams: components["schemas"]["StreamOverview"][];
        };
        OverviewSeries: {
            as_of: string;
            days: {
                completed: number;
                partial: number;
                failed: number;
                cancelled: number;
                dry_runs: number;
                bytes_copied: number;
                /** Format: date */
                day: string;
                at: string;
            }[];
            drift: {
                source_catalog: string;
                destination_catalog: string;
                target: string | null;
                points: {
                    at: string;
                    drifted_tables: number;
                }[];
            }[];
            lag: {
                stream_id: string;
                source_catalog: string;
                destination_catalog: string;
                points: {
                    at: string;
                    lag_seconds: number | null;
                }[];
            }[];
        };
        PairOverview: {
            source_catalog: string;
            destination_catalog: string;
            target: string | null;
            last_clone: {
                job_id: string;
                kept: boolean;
                /** @enum {string} */
                ended: "completed" | "partial" | "failed" | "cancelled";
                load_type: string;
                dry_run: boolean;
                completed_at: string;
                error: string | null;
                residue: number;
                rolled_back: boolean;
            } | null;
            last_run: {
                job_id: string;
                kept: boolean;
                /** @enum {string} */
                ended: "completed" | "partial" | "failed" | "cancelled";
                load_type: string;
                dry_run: boolean;
                completed_at: string;
                error: string | null;
                residue: number;
                rolled_back: boolean;
            };
            drifted_tables: number | null;
            drift_seen_at: string | null;
            in_sync_at: string | null;
            in_part: boolean;
            runs: number;
            bytes_copied: number;
            drift: {
                at: string;
                drifted_tables: number;
            }[];
        };
        StreamLag: {
            stream_id: string;
            points: {
                at: string;
                lag_seconds: number | null;
            }[];
        };
        StreamOverview: {
            stream_id: string;
            source_catalog: string;
            destination_catalog: string;
            schema: string | null;
            status: components["schemas"]["StreamState"];
            tables: number;
            lag_seconds: number | null;
            lag_seen_at: string | null;
            lag_unknown: number;
            error: string | null;
        };
        DeletedNotificationChannel: {
            name: string;
            message: string;
        };
        Notification: {
            id: string;
            /** @enum {string} */
            event: "run_failed" | "run_completed" | "run_cancelled" | "drift_found" | "stream_failed" | "schedule_missed" | "test";
            at: string;
            /** @description A sentence for people */
            title: string;
            /** @description To the page, when the server knows its public address */
            link: string | null;
            run: {
                job_id: string;
                status: string;
                source_catalog: string;
                destination_catalog: string;
                clone_type: string;
                load_type: string;
                dry_run: boolean;
                targets: string[];
                /** @description Name of the schedule that started it */
                schedule: string | null;
                /** @description Status of its summary */
                outcome: string | null;
                tables: {
                    success: number;
                    failed: number;
                    skipped: number;
                } | null;
                bytes_copied: number | null;
                total_drifted_tables: number | null;
                duration_seconds: number | null;
                /** @description Its first error, with values of statements left out */
                error: string | null;
                completed_at: string | null;
            } | null;
            stream: {
                stream_id: string;
                source_catalog: string;
                destination_catalog: string;
                run_id: string;
                error: string | null;
            } | null;
            schedule: {
                id: string;
                name: string;
                source_catalog: string;
                destination_catalog: string;
                missed: number;
                scheduled_for: string | null;
                note: string | null;
            } | null;
        };
        NotificationChannel: {
            name: string;
            /** @enum {string} */
            kind: "webhook" | "slack";
            host: string;
            ends_with: string;
            signed: boolean;
            readable: boolean;
            enabled: boolean;
            /** @description Of all runs and streams; schedules may name the channel for more */
            events: components["schemas"]["NotificationEvent"][];
            last_delivery: {
                /** @enum {string} */
                state: "pending" | "delivered" | "failed";
                at: string;
                detail: string | null;
            } | null;
            created_at: string;
            updated_at: string;
        };
        NotificationChannels: {
            channels: components["schemas"]["NotificationChannel"][];
        };
        NotificationDeliveries: {
            deliveries: components["schemas"]["NotificationDelivery"][];
        };
        NotificationDelivery: {
            id: string;
            /** @enum {string} */
            event: "run_failed" | "run_completed" | "run_cancelled" | "drift_found" | "stream_failed" | "schedule_missed" | "test";
            /** @enum {string} */
            state: "pending" | "delivered" | "failed";
            attempts: number;
            created_at: string;
            last_attempt_at: string | null;
            next_attempt_at: string | null;
            status: number | null;
            detail: string | null;
            notification: components["schemas"]["Notification"];
        };
        /** @enum {string} */
        NotificationEvent: "run_failed" | "run_completed" | "run_cancelled" | "drift_found" | "stream_failed" | "schedule_missed";
        NotificationTest: {
            ok: boolean;
            status: number | null;
            message: string;
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
        DeletedPlan: {
            plan_id: string;
            message: string;
        };
        KeptPlan: {
            plan_id: string;
            name: string;
            state: components["schemas"]["PlanState"];
            source_catalog: string;
            destination_catalog: string;
            target: string | null;
            load_type: string;
            /** @enum {string} */
            origin: "made" | "opened";
            made_at: string;
            made_by: string;
            host: string;
            kept_by: string;
            kept_at: string;
            expires_at: string;
            digest: string;
            counts: {
                actions: {
                    [key: string]: number;
                };
                steps: number;
                refused: number;
                blocked: number;
                residue: number;
                access: number;
                bytes: number | null;
            };
            review: {
                /** @enum {string} */
                verdict: "approved" | "rejected";
                note: string;
                by: string;
                at: string;
            } | null;
            checked_at: string | null;
            run_id: string | null;
            applied_by: string | null;
        };
        KeptPlanDetail: {
            plan_id: string;
            name: string;
            state: components["schemas"]["PlanState"];
            source_catalog: string;
            destination_catalog: string;
            target: string | null;
            load_type: string;
            /** @enum {string} */
            origin: "made" | "opened";
            made_at: string;
            made_by: string;
            host: string;
            kept_by: string;
            kept_at: string;
            expires_at: string;
            digest: string;
            counts: {
                actions: {
                    [key: string]: number;
                };
                steps: number;
                refused: number;
                blocked: number;
                residue: number;
                access: number;
                bytes: number | null;
            };
            review: {
                /** @enum {string} */
                verdict: "approved" | "rejected";
                note: string;
                by: string;
                at: string;
            } | null;
            checked_at: string | null;
            run_id: string | null;
            applied_by: string | null;
            product: string;
            metastore_id: string;
            request: {
                [key: string]: unknown;
            };
            plan: components["schemas"]["Plan"];
            readonly reviews: {
                /** @enum {string} */
                verdict: "approved" | "rejected";
                note: string;
                by: string;
                at: string;
            }[];
            check: components["schemas"]["PlanCheck"] | null;
            not_applicable: string | null;
        };
        KeptPlans: components["schemas"]["KeptPlan"][];
        PlanCheck: {
            checked_at: string;
            applicable: boolean;
            readonly moved: {
                object: string;
                operation: string;
                code: string;
                message: string;
            }[];
            done: number;
            steps: number;
            readonly notes: string[];
        };
        /** @enum {string} */
        PlanState: "open" | "applied" | "stale" | "expired";
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
            queue_position: number | null;
            schedule: components["schemas"]["RunSchedule"] | null;
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
            queue_position: number | null;
            schedule: components["schemas"]["RunSchedule"] | null;
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
        LogLine: {
            id: number;
            at: string;
            /** @enum {string} */
            level: "info" | "warn" | "error";
            line: string;
        };
        LogLines: {
            total: number;
            lines: components["schemas"]["LogLine"][];
        };
        /** @enum {string} */
        ObjectState: "waiting" | "started" | "succeeded" | "failed" | "skipped" | "kept" | "left" | "impossible";
        RunObject: {
            target: string | null;
            object: string;
            kind: string;
            step: string | null;
            state: components["schemas"]["ObjectState"];
            operation: string | null;
            reason: string;
            detail: string | null;
            source_version: string | null;
            cloned_version: string | null;
            format: string | null;
            started_at: string | null;
            seconds: number | null;
            bytes: number | null;
            files: number | null;
            statement_id: string | null;
            error: {
                code: string;
                message: string;
            } | null;
        };
        RunObjectDetail: {
            objects: components["schemas"]["RunObject"][];
            statements: string[];
        };
        RunObjects: {
            total: number;
            counts: {
                state: components["schemas"]["ObjectState"];
                kind: string;
                objects: number;
            }[];
            objects: components["schemas"]["RunObject"][];
        };
        RunStanding: {
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
            queue_position: number | null;
            schedule: components["schemas"]["RunSchedule"] | null;
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
            last_event: number;
            standing: {
                name: string;
                destination: string;
                /** @enum {string} */
                state: "waiting" | "connecting" | "running" | "success" | "partial" | "failed" | "cancelled";
                host?: string;
                progress?: components["schemas"]["RunProgress"];
                seconds?: number;
                error?: string;
            }[];
            guard_lines: string[];
            objects: number;
            log_lines: number;
        };
        RunStatements: {
            total: number;
            statements: {
                id: number;
                at: string;
                text: string;
                target: string | null;
                object: string;
                state: components["schemas"]["ObjectState"] | null;
                statement_id: string | null;
            }[];
        };
        RunTimeline: {
            from: string | null;
            to: string | null;
            phases: {
                phase: string;
                at: string;
            }[];
            parallel: number[];
            total: number;
            steps: components["schemas"]["RunObject"][];
        };
        RunVerification: {
            /** @enum {string} */
            state: "none" | "running" | "done" | "failed" | "cancelled";
            rows: ("hash" | "count") | null;
            started_at: string | null;
            completed_at: string | null;
            done: number;
            total: number | null;
            error: string | null;
            targets: {
                target: string | null;
                verification: components["schemas"]["Verification"] | null;
                error: string | null;
            }[];
        };
        /** @enum {string} */
        Role: "viewer" | "operator" | "admin";
        Session: {
            authenticated: boolean;
            /** @enum {string} */
            auth: "none" | "token";
            role: components["schemas"]["Role"] | null;
            name: string | null;
            expires_at: string | null;
        };
        DeletedSchedule: {
            id: string;
            name: string;
            message: string;
        };
        Firing: {
            id: number;
            scheduled_for: string | null;
            fired_at: string;
            /** @enum {string} */
            state: "waiting" | "running" | "retrying" | "completed" | "failed" | "cancelled" | "skipped" | "missed";
            job_id: string | null;
            retries: number;
            retry_at: string | null;
            missed: number;
            drifted: number | null;
            note: string | null;
            completed_at: string | null;
        };
        RunSchedule: {
            id: string;
            name: string;
            kind: components["schemas"]["ScheduleKind"];
        };
        Schedule: {
            id: string;
            /** @description Unique */
            name: string;
            /** @description Five fields: minute, hour, day of month, month, day of week; or @daily and the like */
            cron: string;
            /** @description IANA name, for instance Europe/Berlin; the server's when absent */
            time_zone: string;
            kind: components["schemas"]["ScheduleKind"];
            /** @description As POST /api/clone takes it; other workspaces by the names of saved connections */
            request: {
                [key: string]: unknown;
            };
            enabled: boolean;
            retries: {
                /** @description How often a run that failed for a passing reason is gone on with */
                max: number;
                /** @description Before the first time; twice as long before each next */
                backoff_seconds: number;
            };
            notify: {
                /** @description Names of notification channels */
                channels: string[];
                events: components["schemas"]["ScheduleEvent"][];
            };
            /**
             * @description When its time comes while an earlier run is not over: leave it out, or wait (one at most)
             * @enum {string}
             */
            overlap: "skip" | "queue";
            /**
             * @description Times that passed while no server ran: make up for all of them with one run, or leave them out
             * @enum {string}
             */
            missed: "run_once" | "skip";
            source_catalog: string;
            destination_catalog: string;
            targets: string[];
            next_run_at: string | null;
            /** @description The next five; none while it is paused */
            next_runs: string[];
            last: components["schemas"]["Firing"] | null;
            recent: components["schemas"]["Firing"][];
            created_at: string;
            updated_at: string;
        };
        ScheduleDetail: {
            id: string;
            /** @description Unique */
            name: string;
            /** @description Five fields: minute, hour, day of month, month, day of week; or @daily and the like */
            cron: string;
            /** @description IANA name, for instance Europe/Berlin; the server's when absent */
            time_zone: string;
            kind: components["schemas"]["ScheduleKind"];
            /** @description As POST /api/clone takes it; other workspaces by the names of saved connections */
            request: {
                [key: string]: unknown;
            };
            enabled: boolean;
            retries: {
                /** @description How often a run that failed for a passing reason is gone on with */
                max: number;
                /** @description Before the first time; twice as long before each next */
                backoff_seconds: number;
            };
            notify: {
                /** @description Names of notification channels */
                channels: string[];
                events: components["schemas"]["ScheduleEvent"][];
            };
            /**
             * @description When its time comes while an earlier run is not over: leave it out, or wait (one at most)
             * @enum {string}
             */
            overlap: "skip" | "queue";
            /**
             * @description Times that passed while no server ran: make up for all of them with one run, or leave them out
             * @enum {string}
             */
            missed: "run_once" | "skip";
            source_catalog: string;
            destination_catalog: string;
            targets: string[];
            next_run_at: string | null;
            /** @description The next five; none while it is paused */
            next_runs: string[];
            last: components["schemas"]["Firing"] | null;
            recent: components["schemas"]["Firing"][];
            created_at: string;
            updated_at: string;
            history: components["schemas"]["Firing"][];
        };
        /** @enum {string} */
        ScheduleEvent: "run_failed" | "run_completed" | "run_cancelled" | "drift_found" | "schedule_missed";
        /** @enum {string} */
        ScheduleKind: "clone" | "drift_check" | "verify";
        SchedulePreview: {
            time_zone: string;
            next_runs: string[];
        };
        Schedules: {
            schedules: components["schemas"]["Schedule"][];
            time_zone: string;
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
        CreatedToken: {
            id: string;
            name: string;
            role: components["schemas"]["Role"];
            created_at: string;
            created_by: string;
            expires_at: string | null;
            expired: boolean;
            last_used_at: string | null;
            token: string;
        };
        RemovedToken: {
            id: string;
            name: string;
            message: string;
        };
        Token: {
            id: string;
            name: string;
            role: components["schemas"]["Role"];
            created_at: string;
            created_by: string;
            expires_at: string | null;
            expired: boolean;
            last_used_at: string | null;
        };
        Tokens: {
            tokens: components["schemas"]["Token"][];
        };
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
        AuditTables: {
            tables: {
                full_name: string;
                catalog: string;
                schema: string;
                name: string;
                what: string;
                /** @enum {string} */
                state: "there" | "missing";
                rows: number | null;
                last_row_at: string | null;
                error: string | null;
            }[];
            hints: string[];
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
                max_parallel: number;
            };
        };
        Readiness: {
            /** @enum {string} */
            status: "ready" | "degraded" | "unready";
            /** @enum {string} */
            store: "writable" | "failing" | "closing";
            /** @enum {string} */
            workspace: "reachable" | "unreachable" | "not tried";
            /** @enum {string} */
            queue: "open" | "closed";
        };
        Schemas: {
            schemas: {
                name: string;
                owner: string;
                comment: string | null;
            }[];
        };
        ServerState: {
            home: string;
            files: {
                name: string;
                bytes: number;
                what: string;
            }[];
            free_bytes: number | null;
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
        WorkspaceFacts: {
            host: string;
            user_name: string;
            /** @enum {string} */
            kind: "embedded" | "databricks";
            metastore: {
                name: string;
                id: string;
                global_id: string;
                cloud: string;
                region: string;
            } | null;
            metastore_error: string | null;
            version: string;
        };
        WorkspaceWarehouses: {
            warehouses: {
                id: string;
                name: string;
                state: string | null;
                size: string | null;
                serverless: boolean;
                in_use: boolean;
            }[];
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
    getSession: {
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
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description Too many requests; Retry-After says how many seconds to wait. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signOut: {
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
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    listTokens: {
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
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    addToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewToken"];
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedToken"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    removeToken: {
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
                    "application/json": components["schemas"]["RemovedToken"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    listActivity: {
        parameters: {
            query?: {
                limit?: number;
                /** @description Those older than the one of this id */
                before?: number;
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
                    "application/json": components["schemas"]["Activities"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    getReadiness: {
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
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Default Response */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prometheus text */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    getCatalog: {
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
                    "application/json": components["schemas"]["CatalogDetail"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    getLineage: {
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
                    "application/json": components["schemas"]["Lineage"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    getSchema: {
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
                    "application/json": components["schemas"]["SchemaDetail"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    getTable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                catalog: string;
                schema: string;
                table: string;
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
                    "application/json": components["schemas"]["TableDetail"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    getTableHistory: {
        parameters: {
            query?: {
                limit?: number;
                before?: string;
            };
            header?: never;
            path: {
                catalog: string;
                schema: string;
                table: string;
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
                    "application/json": components["schemas"]["TableHistory"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    listFunctions: {
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
                    "application/json": components["schemas"]["Functions"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    getFunction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                catalog: string;
                schema: string;
                function: string;
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
                    "application/json": components["schemas"]["FunctionDetail"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    listVolumes: {
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
                    "application/json": components["schemas"]["Volumes"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    getVolume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                catalog: string;
                schema: string;
                volume: string;
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
                    "application/json": components["schemas"]["VolumeDetail"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    listFiles: {
        parameters: {
            query?: {
                path?: string;
                limit?: number;
                after?: string;
            };
            header?: never;
            path: {
                catalog: string;
                schema: string;
                volume: string;
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
                    "application/json": components["schemas"]["VolumeFiles"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
                status?: components["schemas"]["RunStatusFilter"];
                load?: "FULL" | "INCREMENTAL" | "SELECTIVE";
                q?: string;
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    getRunStanding: {
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
                    "application/json": components["schemas"]["RunStanding"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    listRunObjects: {
        parameters: {
            query?: {
                offset?: number;
                limit?: number;
                state?: components["schemas"]["ObjectStateInput"] | components["schemas"]["ObjectStateInput"][];
                kind?: string;
                target?: string;
                q?: string;
                sort?: "outcome" | "object" | "kind" | "bytes" | "files" | "seconds" | "started_at";
                descending?: string;
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
                    "application/json": components["schemas"]["RunObjects"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    getRunObject: {
        parameters: {
            query: {
                object: string;
                target?: string;
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
                    "application/json": components["schemas"]["RunObjectDetail"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    getRunTimeline: {
        parameters: {
            query?: {
                offset?: number;
                limit?: number;
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
                    "application/json": components["schemas"]["RunTimeline"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    listRunLines: {
        parameters: {
            query?: {
                offset?: number;
                limit?: number;
                level?: "info" | "warn" | "error";
                q?: string;
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
                    "application/json": components["schemas"]["LogLines"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    listRunStatements: {
        parameters: {
            query?: {
                offset?: number;
                limit?: number;
                q?: string;
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
                    "application/json": components["schemas"]["RunStatements"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    getRunReport: {
        parameters: {
            query?: {
                format?: "html" | "json" | "md";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report as a file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "text/markdown": string;
                    "application/json": string;
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    getVerification: {
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
                    "application/json": components["schemas"]["RunVerification"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    verifyRun: {
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
                "application/json": components["schemas"]["VerifyRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunVerification"];
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    cancelVerification: {
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
                    "application/json": components["schemas"]["RunVerification"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    streamRunEvents: {
        parameters: {
            query?: {
                after?: number;
                tail?: number;
                from?: "now";
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    streamRuns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    downloadRunLog: {
        parameters: {
            query?: {
                format?: "text" | "ndjson";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The log so far */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                    "application/x-ndjson": string;
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    listPlans: {
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
                    "application/json": components["schemas"]["KeptPlans"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    keepPlan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    request: {
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
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptPlan"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    openPlan: {
        parameters: {
            query?: {
                name?: string;
            };
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
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptPlan"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    getKeptPlan: {
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
                    "application/json": components["schemas"]["KeptPlanDetail"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    deletePlan: {
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
                    "application/json": components["schemas"]["DeletedPlan"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    downloadPlan: {
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    checkPlan: {
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
                    "application/json": components["schemas"]["PlanCheck"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    reviewPlan: {
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
                "application/json": components["schemas"]["PlanReviewRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeptPlan"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    applyKeptPlan: {
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    diffCatalogs: {
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
                    include_schemas?: string[];
                    exclude_schemas?: string[];
                    /** @description Where the destination is, when it is in another workspace: a saved connection by its name */
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
                    "application/json": components["schemas"]["Diff"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    compareCatalogs: {
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
                    include_schemas?: string[];
                    exclude_schemas?: string[];
                    /** @description Where the destination is, when it is in another workspace: a saved connection by its name */
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
                    "application/json": components["schemas"]["Comparison"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
                    /** @description Where the destination is, when it is in another workspace: a saved connection by its name */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    getStreamLag: {
        parameters: {
            query?: {
                hours?: number;
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
                    "application/json": components["schemas"]["StreamLag"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    listSchedules: {
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
                    "application/json": components["schemas"]["Schedules"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    addSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Unique */
                    name: string;
                    /** @description Five fields: minute, hour, day of month, month, day of week; or @daily and the like */
                    cron: string;
                    /** @description IANA name, for instance Europe/Berlin; the server's when absent */
                    time_zone?: string;
                    kind?: components["schemas"]["ScheduleKindInput"];
                    request: {
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
                    enabled?: boolean;
                    retries?: {
                        /** @description How often a run that failed for a passing reason is gone on with */
                        max: number;
                        /** @description Before the first time; twice as long before each next */
                        backoff_seconds: number;
                    };
                    notify?: {
                        /** @description Names of notification channels */
                        channels: string[];
                        events: components["schemas"]["ScheduleEventInput"][];
                    };
                    /**
                     * @description When its time comes while an earlier run is not over: leave it out, or wait (one at most)
                     * @enum {string}
                     */
                    overlap?: "skip" | "queue";
                    /**
                     * @description Times that passed while no server ran: make up for all of them with one run, or leave them out
                     * @enum {string}
                     */
                    missed?: "run_once" | "skip";
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    previewSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SchedulePreviewRequest"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchedulePreview"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    getSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or name */
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
                    "application/json": components["schemas"]["ScheduleDetail"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    replaceSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or name */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Unique */
                    name: string;
                    /** @description Five fields: minute, hour, day of month, month, day of week; or @daily and the like */
                    cron: string;
                    /** @description IANA name, for instance Europe/Berlin; the server's when absent */
                    time_zone?: string;
                    kind?: components["schemas"]["ScheduleKindInput"];
                    request: {
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
                    enabled?: boolean;
                    retries?: {
                        /** @description How often a run that failed for a passing reason is gone on with */
                        max: number;
                        /** @description Before the first time; twice as long before each next */
                        backoff_seconds: number;
                    };
                    notify?: {
                        /** @description Names of notification channels */
                        channels: string[];
                        events: components["schemas"]["ScheduleEventInput"][];
                    };
                    /**
                     * @description When its time comes while an earlier run is not over: leave it out, or wait (one at most)
                     * @enum {string}
                     */
                    overlap?: "skip" | "queue";
                    /**
                     * @description Times that passed while no server ran: make up for all of them with one run, or leave them out
                     * @enum {string}
                     */
                    missed?: "run_once" | "skip";
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
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    deleteSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or name */
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
                    "application/json": components["schemas"]["DeletedSchedule"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    changeSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or name */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Unique */
                    name?: string;
                    /** @description Five fields: minute, hour, day of month, month, day of week; or @daily and the like */
                    cron?: string;
                    /** @description IANA name, for instance Europe/Berlin; the server's when absent */
                    time_zone?: string;
                    kind?: components["schemas"]["ScheduleKindInput"];
                    request?: {
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
                    enabled?: boolean;
                    retries?: {
                        /** @description How often a run that failed for a passing reason is gone on with */
                        max: number;
                        /** @description Before the first time; twice as long before each next */
                        backoff_seconds: number;
                    };
                    notify?: {
                        /** @description Names of notification channels */
                        channels: string[];
                        events: components["schemas"]["ScheduleEventInput"][];
                    };
                    /**
                     * @description When its time comes while an earlier run is not over: leave it out, or wait (one at most)
                     * @enum {string}
                     */
                    overlap?: "skip" | "queue";
                    /**
                     * @description Times that passed while no server ran: make up for all of them with one run, or leave them out
                     * @enum {string}
                     */
                    missed?: "run_once" | "skip";
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
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    runSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or name */
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
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    listNotificationChannels: {
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
                    "application/json": components["schemas"]["NotificationChannels"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    addNotificationChannel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewNotificationChannel"];
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationChannel"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    deleteNotificationChannel: {
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
                    "application/json": components["schemas"]["DeletedNotificationChannel"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    changeNotificationChannel: {
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
                "application/json": components["schemas"]["NotificationChannelChange"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationChannel"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    testNotificationChannel: {
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
                    "application/json": components["schemas"]["NotificationTest"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    listNotificationDeliveries: {
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
                    "application/json": components["schemas"]["NotificationDeliveries"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    getOverview: {
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
                    "application/json": components["schemas"]["Overview"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    getOverviewSeries: {
        parameters: {
            query?: {
                days?: number;
                /** @description How far the reader's clock is ahead of UTC: where days begin */
                utc_offset_minutes?: number;
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
                    "application/json": components["schemas"]["OverviewSeries"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    getWorkspace: {
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
                    "application/json": components["schemas"]["WorkspaceFacts"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    listWarehouses: {
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
                    "application/json": components["schemas"]["WorkspaceWarehouses"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    getAuditTables: {
        parameters: {
            query?: {
                /** @description Also how much is in them: that starts the warehouse */
                counted?: "true" | "false";
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
                    "application/json": components["schemas"]["AuditTables"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
    getServerState: {
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
                    "application/json": components["schemas"]["ServerState"];
                };
            };
            /** @description The server asks for a token, and none that it knows was sent. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Your role does not allow it, or the request comes from another site or names another host, or the workspace does not allow it. */
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
}
