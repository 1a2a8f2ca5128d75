/** The style that Observable Plot puts into each of its drawings, which the policy has to know. */

/** The class of all drawings of the page; Plot would draw lots otherwise. `page/plot.ts` has it too. */
export const PLOT_CLASS = "redd-plot";

/** What Plot 0.6.17 writes, to the letter. */
export const PLOT_STYLE = `:where(.${PLOT_CLASS}) {
  --plot-background: white;
  display: block;
  height: auto;
  height: intrinsic;
  max-width: 100%;
}
:where(.${PLOT_CLASS} text),
:where(.${PLOT_CLASS} tspan) {
  white-space: pre;
}`;
