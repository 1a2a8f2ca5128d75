/** TLS, as PostgreSQL 15 has it. */
import { testTls } from "./tls_server.ts";

await testTls("15");
