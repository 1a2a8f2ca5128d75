/** The driver: COPY streams, TLS, no native code. */
export { default } from "npm:postgres@3.4.9";
