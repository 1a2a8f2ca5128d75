/** The server's folder where nobody names one: the one among the datasets in `out`. */
export const DEFAULT_DIR = "out/postgres";
