/** How many columns a character takes on a terminal. */
export { eastAsianWidth } from "npm:get-east-asian-width@1.7.0";
