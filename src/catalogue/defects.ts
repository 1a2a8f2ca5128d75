/** The defects of the original (defects.md), and what holds Redd to be without them. */

type Digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";

/** A defect, as defects.md numbers them. */
export type DefectId = `B-${Digit}${Digit}`;
