/** TLS, as PostgreSQL 18 has it. */
import { testTls } from "./tls_server.ts";

await testTls("18");
