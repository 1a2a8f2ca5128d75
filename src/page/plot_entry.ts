/** The marks of Observable Plot that the page draws with: `deno task bundle:plot` makes one file of them. */
import {
  areaY,
  axisX,
  axisY,
  barX,
  barY,
  cell,
  dot,
  gridX,
  gridY,
  line,
  lineY,
  plot,
  pointer,
  pointerX,
  rect,
  rectY,
  ruleX,
  ruleY,
  text,
  tickX,
  tip,
} from "@observablehq/plot";

const marks = {
  areaY,
  axisX,
  axisY,
  barX,
  barY,
  cell,
  dot,
  gridX,
  gridY,
  line,
  lineY,
  plot,
  pointer,
  pointerX,
  rect,
  rectY,
  ruleX,
  ruleY,
  text,
  tickX,
  tip,
};

/** What the page knows of Plot. */
export type PlotMarks = typeof marks;

(globalThis as unknown as { ReddPlot: PlotMarks }).ReddPlot = marks;
