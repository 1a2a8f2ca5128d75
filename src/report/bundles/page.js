(() => {
  // src/report/page/address.ts
  var PREFIX = "#batch=";
  function batchAddress(number) {
    return PREFIX + encodeURIComponent(number);
  }
  function batchOfAddress(hash) {
    if (!hash.startsWith(PREFIX)) return void 0;
    try {
      return decodeURIComponent(hash.slice(PREFIX.length));
    } catch {
      return hash.slice(PREFIX.length);
    }
  }

  // src/report/page/dom.ts
  function element(name, attributes = {}, ...content2) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== void 0) made.setAttribute(key, String(value));
    }
    made.append(...content2.filter((one) => one !== void 0));
    return made;
  }
  function said(text) {
    return element("bdi", {}, text);
  }
  function isolated(text) {
    return `\u2068${text}\u2069`;
  }

  // src/report/page/series.ts
  function numbersOf(deltas, unit = 1) {
    let whole = 0;
    return deltas.map((delta) => {
      if (delta === null) return null;
      whole += delta;
      return whole * unit;
    });
  }

  // src/report/page/words.ts
  var WHOLE = new Intl.NumberFormat("en", {
    maximumFractionDigits: 0
  });
  var SHORT = new Intl.NumberFormat("en", {
    notation: "compact",
    maximumSignificantDigits: 3
  });
  function wholeText(n) {
    return WHOLE.format(n);
  }
  function shortText(n) {
    return SHORT.format(n);
  }
  function decimalText(n, digits) {
    return n.toLocaleString("en", {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits
    });
  }
  function weightText(kg) {
    if (kg < 1e4) return `${wholeText(kg)} kg`;
    return `${wholeText(kg / 1e3)} t`;
  }
  function bytesText(bytes) {
    const units = [
      "B",
      "kB",
      "MB",
      "GB",
      "TB"
    ];
    let unit = 0;
    while (bytes >= 1e3 && unit < units.length - 1) {
      bytes /= 1e3;
      unit++;
    }
    return `${unit === 0 ? bytes : decimalText(bytes, 1)} ${units[unit]}`;
  }
  function countText(n, one, many = `${one}s`) {
    return `${wholeText(n)} ${n === 1 ? one : many}`;
  }

  // src/report/page/batch_facts.ts
  var sum = (numbers) => numbers.reduce((all, one) => all + (one ?? 0), 0);
  function shareOfEggs(n, { eggs }) {
    return eggs === null || eggs === 0 ? "" : `, ${decimalText(100 * n / eggs, 1)} % of the eggs`;
  }
  function batchFacts(batch, { lastDay }) {
    const deaths = sum(numbersOf(batch.deaths));
    const feed = batch.feedKg ?? 0;
    const harvested = batch.harvests.reduce((all, { fish }) => all + fish, 0);
    const live = batch.harvests.reduce((all, one) => all + one.live, 0);
    const fact2 = (name, ...content2) => element("div", {}, element("dt", {}, name), element("dd", {}, ...content2));
    return element("dl", {
      class: "facts"
    }, fact2("Status", said(batch.status.toLowerCase()), ", ", said(batch.stage)), fact2("Geography", batch.geography === null ? "none" : said(batch.geography)), fact2("Life", `${batch.start} to ${batch.end ?? lastDay}${batch.end === null ? ", goes on" : ""}`), fact2("Eggs", batch.eggs === null ? "none" : wholeText(batch.eggs)), fact2("Deaths", countText(deaths, "fish", "fish") + shareOfEggs(deaths, batch)), fact2("Feed eaten", weightText(feed)), fact2("Harvest", harvested === 0 ? "none" : `${countText(harvested, "fish", "fish")}, ${weightText(live)}, ${decimalText(live / harvested, 2)} kg each`), ...batch.notes === "" ? [] : [
      fact2("Notes", said(batch.notes))
    ]);
  }

  // src/report/data/series.ts
  function deltasOf(values, unit = 1) {
    let before = 0;
    return values.map((value) => {
      if (value === null) return null;
      const whole = Math.round(value / unit);
      const delta = whole - before;
      before = whole;
      return delta;
    });
  }

  // src/report/data/batch.ts
  var BATCH_UNITS = {
    weight: 0.01,
    fcr: 1e-3
  };

  // src/report/page/legend.ts
  var SVG = "http://www.w3.org/2000/svg";
  function swatch({ colour, shape = "area" }) {
    const svg = document.createElementNS(SVG, "svg");
    for (const [name, value] of [
      [
        "width",
        "18"
      ],
      [
        "height",
        "12"
      ],
      [
        "aria-hidden",
        "true"
      ]
    ]) {
      svg.setAttribute(name, value);
    }
    const kind = shape === "area" ? "rect" : shape === "dot" ? "circle" : "line";
    const mark = document.createElementNS(SVG, kind);
    const attributes = shape === "area" ? {
      x: "1",
      y: "1",
      width: "16",
      height: "10",
      fill: colour
    } : shape === "dot" ? {
      cx: "9",
      cy: "6",
      r: "4",
      fill: colour
    } : {
      x1: "0",
      x2: "18",
      y1: "6",
      y2: "6",
      stroke: colour,
      "stroke-width": "2.5",
      ...shape === "dashed" ? {
        "stroke-dasharray": "5 3"
      } : {}
    };
    for (const [name, value] of Object.entries(attributes)) mark.setAttribute(name, value);
    svg.append(mark);
    return svg;
  }
  function legend(entries) {
    return element("ul", {
      class: "legend"
    }, ...entries.map((entry) => element("li", {}, swatch(entry), element("bdi", {}, entry.name))));
  }

  // src/report/page/stepping.ts
  var SVG2 = "http://www.w3.org/2000/svg";
  var KEYS = {
    ArrowRight: (at) => at + 1,
    ArrowLeft: (at) => at - 1,
    ArrowDown: (at) => at + 1,
    ArrowUp: (at) => at - 1,
    PageDown: (at, all) => at + Math.ceil(all / 10),
    PageUp: (at, all) => at - Math.ceil(all / 10),
    Home: () => 0,
    End: (_, all) => all - 1
  };
  function stepping(box, svg, readout, steps) {
    if (steps.length === 0) return;
    let at = -1;
    const line = document.createElementNS(SVG2, "line");
    line.setAttribute("class", "step");
    line.setAttribute("y1", "12");
    line.setAttribute("y2", String(svg.viewBox.baseVal.height - 30));
    line.setAttribute("visibility", "hidden");
    svg.append(line);
    const choose = (place) => {
      const next = Math.max(0, Math.min(steps.length - 1, place));
      if (next === at) return;
      for (const mark of steps[at]?.kin ?? []) mark.classList.remove("kin");
      for (const mark of steps[at]?.marks ?? []) mark.classList.remove("chosen");
      at = next;
      const { text, x, marks, kin } = steps[at];
      for (const mark of kin ?? []) mark.classList.add("kin");
      for (const mark of marks ?? []) mark.classList.add("chosen");
      if (x !== void 0) {
        line.setAttribute("x1", String(x));
        line.setAttribute("x2", String(x));
        line.setAttribute("visibility", "visible");
      }
      readout.textContent = text;
    };
    box.tabIndex = 0;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "Drawing: arrow keys read its values");
    box.onkeydown = (event) => {
      const open = steps[at]?.open;
      if (event.key === "Enter" && open !== void 0) {
        event.preventDefault();
        return open();
      }
      const move = event.altKey || event.ctrlKey || event.metaKey ? void 0 : KEYS[event.key];
      if (move === void 0) return;
      event.preventDefault();
      choose(at < 0 && event.key !== "End" ? 0 : move(at, steps.length));
    };
    const placeOf = new Map(steps.flatMap(({ marks = [] }, place) => marks.map((mark) => [
      mark,
      place
    ])));
    box.onclick = (event) => {
      const marked = placeOf.get(event.target);
      if (marked !== void 0) steps[marked].open?.();
    };
    const positions = steps.map(({ x }) => x);
    box.onpointermove = (event) => {
      const marked = placeOf.get(event.target);
      if (marked !== void 0) return choose(marked);
      if (positions.some((x2) => x2 === void 0)) return;
      const { left, width } = svg.getBoundingClientRect();
      const x = (event.clientX - left) * svg.viewBox.baseVal.width / width;
      choose(nearest(positions, x));
    };
  }
  function nearest(numbers, x) {
    let best = 0;
    for (let place = 1; place < numbers.length; place++) {
      if (Math.abs(numbers[place] - x) >= Math.abs(numbers[best] - x)) break;
      best = place;
    }
    return best;
  }

  // src/report/page/table.ts
  var isNumber = (cell) => typeof cell === "number" || typeof cell === "string" && /^[-−]?[\d,.]+( \S{1,4})?$/.test(cell);
  function tableElement({ caption, head, rows }) {
    const headCells = head.map((name, place) => {
      const numeric = rows.length > 0 && rows.every((row) => isNumber(row[place]));
      return element("th", {
        scope: "col",
        class: numeric ? "number" : void 0
      }, name);
    });
    const made = element("table", {}, element("caption", {}, caption), element("thead", {}, element("tr", {}, ...headCells)), element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map((cell, place) => {
      const content2 = typeof cell === "number" ? String(cell) : cell;
      return place === 0 ? element("th", {
        scope: "row"
      }, content2) : element("td", {
        class: isNumber(cell) ? "number" : void 0
      }, content2);
    })))));
    return element("div", {
      class: "scroll",
      tabindex: 0,
      role: "region",
      "aria-label": caption
    }, made);
  }

  // src/report/page/figure.ts
  function emptyFigure({ title, why }) {
    return element("figure", {
      class: "empty"
    }, element("figcaption", {}, element("h3", {}, title)), element("p", {}, why));
  }
  function figure(options) {
    const { title, description, draw: draw2, steps } = options;
    const box = element("div", {
      class: "drawing"
    });
    const readout = element("output", {
      class: "readout",
      "aria-live": "polite"
    });
    const numbers = element("details", {
      class: "numbers"
    }, element("summary", {}, "As a table"));
    numbers.addEventListener("toggle", () => {
      if (numbers.open && numbers.childElementCount === 1) {
        numbers.append(tableElement(options.table()));
      }
    });
    let drawnWidth = 0;
    new ResizeObserver(([entry]) => {
      const width = Math.floor(entry.contentRect.width);
      if (width === 0 || width === drawnWidth) return;
      drawnWidth = width;
      const svg = draw2(width);
      svg.setAttribute("role", "img");
      svg.setAttribute("aria-label", `${title}. ${description}`);
      box.replaceChildren(svg);
      if (steps !== void 0) stepping(box, svg, readout, steps(svg));
    }).observe(box);
    return element("figure", {}, element("figcaption", {}, element("h3", {}, title), element("p", {}, description)), options.legend === void 0 ? void 0 : legend(options.legend), box, steps === void 0 ? void 0 : readout, numbers);
  }

  // src/report/page/plot.ts
  var Plot = globalThis.ReddPlot;
  var CLASS = "redd-plot";
  var MARGIN = {
    top: 24,
    right: 16,
    bottom: 36,
    left: 56
  };
  function drawing(options) {
    return Plot.plot({
      marginTop: MARGIN.top,
      marginRight: MARGIN.right,
      marginBottom: MARGIN.bottom,
      marginLeft: MARGIN.left,
      height: 280,
      ...options,
      className: CLASS
    });
  }
  var TIME = {
    type: "utc",
    label: null
  };
  function dayAfter(day, days) {
    return new Date(Date.parse(`${day}T00:00:00Z`) + days * 864e5);
  }
  function isoDay(date) {
    return date.toISOString().slice(0, 10);
  }

  // src/report/page/plot_marks.ts
  function marksIn(svg, label) {
    const group = svg.querySelector(`g[aria-label="${label}"]`);
    return group === null ? [] : [
      ...group.children
    ];
  }
  function timeScale(svg) {
    const scale = svg.scale("x");
    return (day) => scale.apply(day);
  }
  function groundLine() {
    return Plot.ruleY([
      0
    ], {
      stroke: "currentColor",
      strokeOpacity: 0.6
    });
  }

  // src/report/page/bars.ts
  function datedFigure(dated) {
    const { title, label, rows, colour, shape, cap, say, why } = dated;
    if (rows.length === 0) return emptyFigure({
      title,
      why
    });
    const isCut = cap !== void 0 && rows.some(({ value }) => value > cap);
    const description = isCut ? `${dated.description} What is above ${say(cap)} is cut off; the table has it.` : dated.description;
    const weekEnd = ({ day }) => dayAfter(isoDay(day), 7);
    return figure({
      title,
      description,
      draw: (width) => drawing({
        width,
        x: TIME,
        y: {
          label,
          grid: true,
          tickFormat: "~s",
          ...isCut ? {
            domain: [
              0,
              cap
            ]
          } : {
            nice: true,
            zero: true
          }
        },
        marks: [
          shape === "weeks" ? Plot.rectY(rows, {
            x1: "day",
            x2: weekEnd,
            y: "value",
            fill: colour,
            insetRight: 0.6
          }) : Plot.line(rows, {
            x: "day",
            y: "value",
            stroke: colour,
            strokeWidth: 2.2,
            clip: isCut
          }),
          groundLine()
        ]
      }),
      steps: (svg) => {
        const x = timeScale(svg);
        const half = shape === "weeks" ? 3.5 * 864e5 : 0;
        return rows.map(({ day, value }) => ({
          text: `${shape === "weeks" ? "week of " : ""}${isoDay(day)}: ${say(value)}`,
          x: x(new Date(day.getTime() + half))
        }));
      },
      table: () => ({
        caption: title,
        head: [
          shape === "weeks" ? "Week of" : "Day",
          label
        ],
        rows: rows.map(({ day, value }) => [
          isoDay(day),
          say(value)
        ])
      })
    });
  }

  // src/report/page/batch_feed.ts
  var CAP = 4;
  function feedFigures(batch, { lastDay, stages }) {
    const days = numbersOf(batch.feeding.day).map((day) => dayAfter(batch.start, day));
    const rowsOf = (values) => values.flatMap((value, place) => value === null ? [] : [
      {
        day: days[place],
        value
      }
    ]);
    const feed = numbersOf(batch.feeding.feed);
    const why = batch.stages.length <= 1 ? `Nothing was fed up to ${lastDay}: fish of the first stage${stages[0] === void 0 ? "" : `, ${stages[0]},`} live on their yolk.` : `Nothing was fed up to ${lastDay}.`;
    const isFed = feed.some((value) => (value ?? 0) > 0);
    return [
      datedFigure({
        title: "Feed",
        description: "Feed eaten in each week of the calendar.",
        label: "Feed in a week (kg)",
        rows: isFed ? rowsOf(feed) : [],
        colour: "var(--series-3)",
        shape: "weeks",
        say: weightText,
        why
      }),
      datedFigure({
        title: "Feed conversion ratio",
        description: "Kilograms of feed for each kilogram that the batch gained, week by week; weeks without a gain have none.",
        label: "FCR (kg/kg)",
        rows: isFed ? rowsOf(numbersOf(batch.feeding.fcr, BATCH_UNITS.fcr)) : [],
        colour: "var(--series-4)",
        cap: CAP,
        shape: "line",
        say: (ratio) => decimalText(ratio, 3),
        why
      })
    ];
  }

  // src/report/page/choice.ts
  var groups = 0;
  function choice({ name, options, onChoose }) {
    const group = `choice-${++groups}`;
    return element("fieldset", {
      class: "choice"
    }, element("legend", {}, name), ...options.map((option, place) => {
      const input = element("input", {
        type: "radio",
        name: group
      });
      input.checked = place === 0;
      input.addEventListener("change", () => onChoose(place));
      return element("label", {}, input, " ", element("bdi", {}, option));
    }));
  }

  // src/report/page/colours.ts
  function stageColour(place) {
    return `var(--stage-${place % 6 + 1})`;
  }
  function seriesColour(place) {
    return `var(--series-${place % 6 + 1})`;
  }

  // src/report/page/batch_growth.ts
  var COLOURS = {
    states: "var(--series-1)",
    projection: "var(--series-5)",
    samples: "var(--series-4)"
  };
  var STRIP = 6;
  function gramsText(grams) {
    return `${grams < 10 ? decimalText(grams, 2) : wholeText(grams)} g`;
  }
  function seriesOf(batch) {
    const weekly = (deltas) => numbersOf(deltas, BATCH_UNITS.weight).flatMap((grams, week) => grams === null ? [] : [
      {
        day: dayAfter(batch.start, 7 * week),
        grams
      }
    ]);
    const { samples } = batch;
    const [least, most] = [
      samples.least,
      samples.most
    ].map((one) => numbersOf(one, BATCH_UNITS.weight));
    const days = numbersOf(samples.day);
    return {
      states: weekly(batch.weeks.weight),
      projection: weekly(batch.projection),
      samples: numbersOf(samples.weight, BATCH_UNITS.weight).map((grams, place) => ({
        day: dayAfter(batch.start, days[place]),
        grams,
        least: least[place] ?? grams,
        most: most[place] ?? grams
      }))
    };
  }
  function stagesOf(batch, { stages }) {
    return batch.stages.map(({ stage, since, until }) => ({
      x1: dayAfter(batch.start, since),
      x2: dayAfter(batch.start, until + 1),
      colour: stageColour(stages.indexOf(stage))
    }));
  }
  function growthDrawing(batch, data, isLog, width) {
    const { states, projection, samples } = seriesOf(batch);
    const weights = {
      x: "day",
      y: "grams"
    };
    const height = width < 600 ? 300 : 380;
    return drawing({
      width,
      height,
      x: TIME,
      y: {
        label: "Weight of a fish (g)",
        grid: true,
        nice: true,
        ...isLog ? {
          type: "log",
          tickFormat: (g) => String(g),
          ticks: 5
        } : {
          zero: true
        }
      },
      color: {
        type: "identity"
      },
      marks: [
        Plot.rect(stagesOf(batch, data), {
          x1: "x1",
          x2: "x2",
          fill: "colour",
          insetBottom: height - MARGIN.top - MARGIN.bottom - STRIP
        }),
        Plot.ruleX(samples, {
          x: "day",
          y1: "least",
          y2: "most",
          stroke: COLOURS.samples,
          strokeOpacity: 0.45
        }),
        Plot.line(projection, {
          ...weights,
          stroke: COLOURS.projection,
          strokeWidth: 2.2,
          strokeDasharray: "7 4"
        }),
        Plot.line(states, {
          ...weights,
          stroke: COLOURS.states,
          strokeWidth: 2.2
        }),
        Plot.dot(samples, {
          ...weights,
          fill: COLOURS.samples,
          r: 2.6
        })
      ]
    });
  }
  function stepsOf(batch, svg) {
    const { states, projection, samples } = seriesOf(batch);
    const x = timeScale(svg);
    const projected = new Map(projection.map(({ day, grams }) => [
      day.getTime(),
      grams
    ]));
    return states.map(({ day, grams }) => {
      const said2 = [
        `${isoDay(day)}: daily state ${gramsText(grams)}`
      ];
      const planned = projected.get(day.getTime());
      if (planned !== void 0) said2.push(`projection ${gramsText(planned)}`);
      const sample = samples.find((one) => one.day >= day && one.day.getTime() < day.getTime() + 7 * 864e5);
      if (sample !== void 0) {
        said2.push(`sample of ${isoDay(sample.day)} ${gramsText(sample.grams)} (${gramsText(sample.least)} to ${gramsText(sample.most)})`);
      }
      return {
        text: said2.join(", "),
        x: x(day)
      };
    });
  }
  function growthFigure(batch, data) {
    const { states, projection, samples } = seriesOf(batch);
    const title = "Growth";
    if (states.length + samples.length === 0) {
      return emptyFigure({
        title,
        why: "No day of this batch was simulated yet."
      });
    }
    const place = element("div");
    const show = (isLog) => place.replaceChildren(figure({
      title,
      description: "What a fish weighs: daily states and the projection once in seven days, and every day of samples with its mean, from the lightest to the heaviest fish. The strip above has the stages.",
      legend: [
        {
          name: "Daily states",
          colour: COLOURS.states,
          shape: "line"
        },
        {
          name: "Projection",
          colour: COLOURS.projection,
          shape: "dashed"
        },
        {
          name: "Samples",
          colour: COLOURS.samples,
          shape: "dot"
        },
        ...batch.stages.map(({ stage }) => ({
          name: stage,
          colour: stageColour(data.stages.indexOf(stage))
        }))
      ],
      draw: (width) => growthDrawing(batch, data, isLog, width),
      steps: (svg) => stepsOf(batch, svg),
      table: () => ({
        caption: "Weight of a fish in grams, by series",
        head: [
          "Day",
          "Series",
          "Weight (g)",
          "Lightest (g)",
          "Heaviest (g)"
        ],
        rows: [
          [
            "daily state",
            states
          ],
          [
            "projection",
            projection
          ],
          [
            "sample",
            samples
          ]
        ].flatMap(([name, rows]) => rows.map(({ day, grams, least, most }) => [
          isoDay(day),
          name,
          decimalText(grams, 2),
          least === void 0 ? "" : decimalText(least, 2),
          most === void 0 ? "" : decimalText(most, 2)
        ]))
      })
    }));
    show(false);
    return element("div", {}, choice({
      name: "Scale of weight",
      options: [
        "linear",
        "logarithmic"
      ],
      onChoose: (chosen) => show(chosen === 1)
    }), place);
  }

  // src/report/page/batch_harvest.ts
  var WIDEST = 64;
  function harvestFigures(batch, { lastDay }) {
    const title = "Harvest";
    const { grades, harvests } = batch;
    if (harvests.length === 0) {
      const why = batch.end === null ? `Not harvested: on the last day, ${lastDay}, it lives as ${isolated(batch.stage)}.` : `It ended on ${batch.end} without a harvest.`;
      return [
        emptyFigure({
          title,
          why
        })
      ];
    }
    const all = grades.reduce((sum2, { live }) => sum2 + live, 0);
    const [first, last] = [
      harvests[0].day,
      harvests.at(-1).day
    ];
    const rows = grades.map(({ grade, fish, live }) => ({
      grade: isolated(grade),
      fish,
      tonnes: live / 1e3
    }));
    const byGrade = figure({
      title: "Harvest by grade",
      description: `Live weight of each grade, harvested ${first === last ? `on ${first}` : `from ${first} to ${last}`}.`,
      draw: (width) => drawing({
        width,
        height: 40 + 34 * rows.length + 36,
        marginLeft: 130,
        x: {
          label: "Live weight (t)",
          grid: true,
          nice: true,
          tickFormat: "~s",
          ticks: 5
        },
        y: {
          label: null,
          domain: rows.map(({ grade }) => grade)
        },
        marks: [
          Plot.barX(rows, {
            x: "tonnes",
            y: "grade",
            fill: "var(--series-1)",
            insetTop: 4,
            insetBottom: 4
          }),
          Plot.ruleX([
            0
          ])
        ]
      }),
      steps: (svg) => {
        const bars = marksIn(svg, "bar");
        return rows.map(({ grade, fish, tonnes }, place) => ({
          text: `${grade}: ${weightText(1e3 * tonnes)}, ${countText(fish, "fish", "fish")}, ${decimalText(1e3 * tonnes / Math.max(1, fish), 2)} kg each, ${decimalText(1e5 * tonnes / all, 1)} % of the weight`,
          marks: [
            bars[place]
          ]
        }));
      },
      table: () => ({
        caption: "Harvest by grade",
        head: [
          "Grade",
          "Fish",
          "Live weight (t)",
          "Mean (kg)"
        ],
        rows: rows.map(({ grade, fish, tonnes }) => [
          grade,
          wholeText(fish),
          decimalText(tonnes, 1),
          decimalText(1e3 * tonnes / Math.max(1, fish), 2)
        ])
      })
    });
    const inset = (width) => Math.max(4, (0.8 * (width - 90) / harvests.length - WIDEST) / 2);
    const days = harvests.map(({ day, live }) => ({
      day,
      tonnes: live / 1e3
    }));
    const byDay = figure({
      title: "Harvest by day",
      description: "Live weight of each day of harvest.",
      draw: (width) => drawing({
        width,
        height: 40 + 34 * Math.max(2, rows.length) + 36,
        x: {
          label: null,
          domain: days.map(({ day }) => day),
          tickRotate: days.length > 6 ? -35 : 0
        },
        y: {
          label: "Live weight (t)",
          grid: true,
          nice: true,
          tickFormat: "~s",
          ticks: 5
        },
        marginBottom: days.length > 6 ? 62 : 36,
        marks: [
          Plot.barY(days, {
            x: "day",
            y: "tonnes",
            fill: "var(--series-5)",
            insetLeft: inset(width),
            insetRight: inset(width)
          }),
          groundLine()
        ]
      }),
      steps: (svg) => {
        const bars = marksIn(svg, "bar");
        return harvests.map(({ day, containers, fish, live, gutted }, place) => ({
          text: `${day}: ${weightText(live)} live, ${weightText(gutted)} gutted, ${countText(fish, "fish", "fish")} of ${countText(containers, "container")}`,
          marks: [
            bars[place]
          ]
        }));
      },
      table: () => ({
        caption: "Harvest by day",
        head: [
          "Day",
          "Containers",
          "Fish",
          "Live weight (t)",
          "Gutted weight (t)"
        ],
        rows: harvests.map(({ day, containers, fish, live, gutted }) => [
          day,
          containers,
          wholeText(fish),
          decimalText(live / 1e3, 1),
          decimalText(gutted / 1e3, 1)
        ])
      })
    });
    const pair = document.createElement("div");
    pair.className = "pair";
    pair.append(byGrade, byDay);
    return [
      pair
    ];
  }

  // src/report/page/batch_population.ts
  function weeksOf(batch, deltas) {
    return numbersOf(deltas).flatMap((value, week) => value === null ? [] : [
      {
        day: dayAfter(batch.start, 7 * week),
        value
      }
    ]);
  }
  function populationFigures(batch) {
    const why = "No day of this batch was simulated yet.";
    const say = (n) => countText(n, "fish", "fish");
    return [
      datedFigure({
        title: "Population",
        description: "Fish that live, once in seven days.",
        label: "Fish",
        rows: weeksOf(batch, batch.weeks.fish),
        colour: "var(--series-1)",
        shape: "line",
        say,
        why
      }),
      datedFigure({
        title: "Deaths",
        description: "Fish that died in each week of the batch's life.",
        label: "Deaths in a week (fish)",
        rows: weeksOf(batch, batch.deaths),
        colour: "var(--series-2)",
        shape: "weeks",
        say,
        why
      })
    ];
  }

  // src/report/page/batch_tables.ts
  function titled(title, table) {
    return element("figure", {
      class: "list"
    }, element("figcaption", {}, element("h3", {}, title)), tableElement(table));
  }
  function transferTable(batch, { lastDay }) {
    const title = "Transfers";
    if (batch.transfers.length === 0) {
      const why = `None up to ${lastDay}: it still is where it was hatched, as ${isolated(batch.stage)}.`;
      return emptyFigure({
        title,
        why
      });
    }
    return titled(title, {
      caption: "From stage to stage; a sale is one to another company",
      head: [
        "First day",
        "Last day",
        "From",
        "To",
        "Fish",
        "Deaths",
        "Biomass",
        "Moves",
        "Sale"
      ],
      rows: batch.transfers.map(({ start, end, from, to, fish, deaths, biomass, moves, sale }) => [
        start ?? "",
        end ?? "goes on",
        isolated(from),
        to === null ? "" : isolated(to),
        wholeText(fish),
        wholeText(deaths),
        weightText(biomass),
        moves,
        sale ? "yes" : "no"
      ])
    });
  }
  function treatmentTable(batch, { lastDay }) {
    const title = "Treatments";
    if (batch.treatments.length === 0) {
      const why = `None up to ${lastDay}: vaccination comes with later stages, and lice with the sea.`;
      return emptyFigure({
        title,
        why
      });
    }
    return titled(title, {
      caption: "Vaccinations and treatments, a line for all containers of a day",
      head: [
        "Day",
        "Kind",
        "Description",
        "Containers",
        "Withholding (days)",
        "Outcome"
      ],
      rows: batch.treatments.map(({ day, type, description, containers, withholding, outcome }) => [
        day,
        isolated(type),
        isolated(description),
        containers,
        withholding,
        isolated(outcome)
      ])
    });
  }

  // src/report/page/landing.ts
  var GOING_ON = [
    "wheel",
    "touchstart",
    "pointerdown",
    "keydown"
  ];
  var SETTLED = 4e3;
  function landOn(target) {
    const land = () => target.scrollIntoView({
      behavior: "instant"
    });
    land();
    const moves = new ResizeObserver(land);
    moves.observe(document.getElementById("content"));
    const end = () => {
      moves.disconnect();
      for (const event of GOING_ON) removeEventListener(event, end);
    };
    for (const event of GOING_ON) addEventListener(event, end, {
      passive: true
    });
    setTimeout(end, SETTLED);
  }

  // src/report/page/batch.ts
  function shown(batch, data) {
    const pair = (figures) => element("div", {
      class: "pair"
    }, ...figures);
    return [
      batchFacts(batch, data),
      growthFigure(batch, data),
      pair(populationFigures(batch)),
      pair(feedFigures(batch, data)),
      transferTable(batch, data),
      treatmentTable(batch, data),
      ...harvestFigures(batch, data)
    ];
  }
  function optionsOf(batches) {
    const option = ({ number, start, status }) => element("option", {
      value: number
    }, `${isolated(number)}, from ${start}, ${isolated(status.toLowerCase())}`);
    const groups2 = Map.groupBy(batches, ({ geography }) => geography ?? "No geography");
    return Array.from(groups2, ([name, own]) => element("optgroup", {
      label: name
    }, ...own.map(option)));
  }
  function firstOf({ batches }) {
    return batches.find(({ harvests }) => harvests.length > 0) ?? batches[0];
  }
  function drawBatch(data, root) {
    const { batches } = data;
    const first = firstOf(data);
    if (first === void 0) {
      root.append(element("p", {
        class: "empty"
      }, "This dataset has no batch."));
      return;
    }
    const select = element("select", {
      id: "batch-choice"
    }, ...optionsOf(batches));
    const heading = element("h3", {
      class: "batch",
      "aria-live": "polite"
    });
    const place = element("div", {
      id: "batch-shown"
    });
    const order = [
      ...select.options
    ].map(({ value }) => value);
    let current;
    const step = (by) => {
      const next = order[order.indexOf(current) + by];
      if (next !== void 0) location.hash = batchAddress(next);
    };
    const before = element("button", {
      type: "button"
    }, "Previous");
    const after = element("button", {
      type: "button"
    }, "Next");
    before.addEventListener("click", () => step(-1));
    after.addEventListener("click", () => step(1));
    const show = (number) => {
      if (number === current) return;
      const batch = batches.find((one) => one.number === number);
      if (batch === void 0) {
        current = void 0;
        heading.replaceChildren("This dataset has no batch ", said(number));
        place.replaceChildren(element("p", {}, "Choose one from the list."));
        return;
      }
      current = number;
      select.value = number;
      before.ariaDisabled = String(order[0] === number);
      after.ariaDisabled = String(order.at(-1) === number);
      heading.replaceChildren(said(number));
      place.replaceChildren(...shown(batch, data));
    };
    select.addEventListener("change", () => location.hash = batchAddress(select.value));
    const follow2 = () => {
      const number = batchOfAddress(location.hash);
      if (number === void 0) return;
      show(number);
      if (root.contains(document.activeElement)) return;
      landOn(root);
      root.querySelector("h2")?.focus({
        preventScroll: true
      });
    };
    addEventListener("hashchange", follow2);
    root.append(element("div", {
      class: "choice"
    }, element("label", {
      for: "batch-choice"
    }, "Batch"), select, ...batches.length > 1 ? [
      before,
      after
    ] : []), heading, place);
    show(first.number);
    follow2();
  }
  var batchSection = {
    id: "batch",
    title: "A batch",
    about: "One batch from its eggs to its harvest. The address of the page names it, and can be kept.",
    draw: drawBatch
  };

  // src/report/page/glance.ts
  function listed(counts) {
    const words = counts.filter(({ count }) => count > 0).flatMap(({ name, count }, place) => [
      `${place === 0 ? "" : ", "}${wholeText(count)} `,
      said(name)
    ]);
    return element("span", {}, ...words);
  }
  function tile(number, of2, more) {
    return element("div", {
      class: "tile"
    }, element("dt", {}, of2), element("dd", {}, element("strong", {}, number), more === void 0 ? "" : " ", more));
  }
  function fact(name, ...content2) {
    return element("div", {}, element("dt", {}, name), element("dd", {}, ...content2));
  }
  function daysFrom(first, last) {
    return Math.round((Date.parse(last) - Date.parse(first)) / 864e5) + 1;
  }
  function checksText({ checks }) {
    if (checks === null) return "Not verified: this page was made of the files as they are";
    const { passed, failed, skipped, broken } = checks;
    const more = broken === 0 ? "" : `, ${wholeText(broken)} broken`;
    return `${wholeText(passed)} passed, ${wholeText(failed)} failed, ${wholeText(skipped)} skipped${more}`;
  }
  function drawGlance(data, root) {
    const { batches, containers, firstDay, lastDay } = data;
    root.append(element("dl", {
      class: "tiles"
    }, tile(wholeText(batches.all), batches.all === 1 ? "batch" : "batches", listed(data.geographies)), tile(wholeText(daysFrom(firstDay, lastDay)), "days", `${firstDay} to ${lastDay}`), tile(wholeText(data.fish), "fish on the last day", `of ${wholeText(data.eggs)} eggs`), tile(weightText(data.biomass), "biomass on the last day"), tile(weightText(data.harvestedKg), "harvested", countText(data.harvestedFish, "fish", "fish")), tile(wholeText(data.rows), "rows", `${countText(data.tables, "table")}, ${bytesText(data.bytes)}`)), element("dl", {
      class: "facts"
    }, fact("Batches", `${wholeText(batches.completed)} completed, ${wholeText(batches.active)} active`), fact("Active by stage", batches.active === 0 ? "none" : listed(data.stages)), fact("Containers", `${wholeText(containers.occupied)} hold fish on the last day, ${wholeText(containers.everUsed)} ever did, of ${wholeText(containers.all)}`), fact("Feed eaten", weightText(data.feedKg)), fact("Deaths", countText(data.deaths, "fish", "fish")), fact("Seed", String(data.seed)), fact("Profile", said(data.profile)), fact("Made by", `Redd ${data.version}, for AquaMind's schema of ${data.schema}`), fact("Checks", checksText(data)), fact("Files", countText(data.files, "CSV file")), fact("Digest", element("code", {}, data.digest), element("small", {}, " sha256 of the list of all files with their sha256"))));
  }
  var glanceSection = {
    id: "glance",
    title: "The farm at a glance",
    about: "What this dataset is, and how much of everything it has.",
    draw: drawGlance
  };

  // src/report/page/lanes.ts
  function lanesOf(spans) {
    const ends = [];
    const lanes = spans.map(({ from, to }) => {
      const free = ends.findIndex((end) => end <= from);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = to;
      return lane;
    });
    return {
      lanes,
      all: Math.max(1, ends.length)
    };
  }

  // src/report/page/occupancy.ts
  var ROW = {
    site: 17,
    lane: 9
  };
  var FEW_DAYS = 8;
  function laidOut(data, geography) {
    const rows = [];
    const bars = [];
    let top = 0;
    data.sites.forEach((site, place) => {
      if (site.geography !== geography) return;
      const stays = data.stays.filter(([at]) => at === place);
      const spans = stays.map(([, , , from, days]) => ({
        from,
        to: from + days
      }));
      const { lanes, all } = lanesOf(spans);
      const height = Math.max(ROW.site, all * ROW.lane + 4);
      rows.push({
        site,
        from: top,
        to: top + height
      });
      const lane = (height - 4) / all;
      stays.forEach((stay, n) => {
        const y1 = top + 2 + lanes[n] * lane;
        bars.push({
          stay,
          site,
          x1: dayAfter(data.firstDay, stay[3]),
          x2: dayAfter(data.firstDay, stay[3] + stay[4]),
          y1,
          y2: y1 + lane - (all > 1 ? 1 : 0)
        });
      });
      top += height;
    });
    bars.sort((a, b) => a.stay[3] - b.stay[3] || a.y1 - b.y1);
    return {
      rows,
      bars,
      height: top
    };
  }
  function drawBars(data, { rows, bars, height }, by, width) {
    const narrow = width < 600;
    const last = dayAfter(data.firstDay, data.days);
    const ticks = data.days < FEW_DAYS ? "day" : narrow ? 4 : 8;
    return drawing({
      width,
      height: height + (rows.length > 20 ? 60 : 40),
      marginTop: rows.length > 20 ? 28 : 8,
      marginBottom: 32,
      marginLeft: narrow ? 92 : 130,
      marginRight: data.days < FEW_DAYS ? 30 : MARGIN.right,
      x: {
        ...TIME,
        domain: [
          dayAfter(data.firstDay, 0),
          last
        ]
      },
      y: {
        axis: null,
        type: "linear",
        domain: [
          height,
          0
        ]
      },
      color: {
        type: "identity"
      },
      marks: [
        Plot.gridX({
          stroke: "var(--grid)",
          strokeOpacity: 1
        }),
        // Whoever looks at the first of many rows does not see the last.
        ...rows.length > 20 ? [
          Plot.axisX({
            anchor: "top",
            ticks,
            label: null
          })
        ] : [],
        Plot.axisX({
          anchor: "bottom",
          ticks,
          label: null
        }),
        Plot.ruleY(rows, {
          y: "to",
          stroke: "var(--grid)"
        }),
        Plot.text(rows, {
          frameAnchor: "left",
          textAnchor: "end",
          dx: -6,
          y: ({ from, to }) => (from + to) / 2,
          text: ({ site }) => isolated(site.name),
          fontSize: narrow ? 9.5 : 11
        }),
        Plot.rect(bars, {
          x1: "x1",
          x2: "x2",
          y1: "y1",
          y2: "y2",
          insetRight: 1,
          fill: ({ stay }) => by === "stage" ? stageColour(stay[2]) : seriesColour(stay[1]),
          ariaLabel: "stay"
        })
      ]
    });
  }
  function sayBar(data, { stay, site, x1, x2 }) {
    const [, batch, stage, , days, fish, containers] = stay;
    const last = isoDay(new Date(x2.getTime() - 864e5));
    return `${isolated(data.batches[batch])}, ${isolated(data.stages[stage])} in ${isolated(site.name)}: ${isoDay(x1)} to ${last}, ${countText(days, "day")}, up to ${countText(fish, "fish", "fish")} in ${countText(containers, "container")}`;
  }
  function occupancyFigure(data, geography, by) {
    const laid = laidOut(data, geography);
    const { bars } = laid;
    const name = data.geographies[geography];
    const { halls, areas } = data.unused[geography];
    const empty = [
      ...halls === 0 ? [] : [
        countText(halls, "hall")
      ],
      ...areas === 0 ? [] : [
        countText(areas, "area")
      ]
    ].join(" and ");
    const colours = by === "stage" ? "The colour is the stage." : "A batch keeps its colour, of which there are six, from hall to hall and to sea.";
    return figure({
      title: `Halls and sea areas of ${isolated(name)}`,
      description: `Each row is a hall or an area, each bar the stay of a batch. ${colours} ${empty === "" ? "" : `${empty} never held fish and ${halls + areas === 1 ? "is" : "are"} left out.`}`,
      ...by === "stage" ? {
        legend: data.stages.map((stage, place) => ({
          name: stage,
          colour: stageColour(place)
        }))
      } : {},
      draw: (width) => drawBars(data, laid, by, width),
      steps: (svg) => {
        const marks = marksIn(svg, "rect");
        const ofBatch = Map.groupBy(bars.keys(), (place) => bars[place].stay[1]);
        return bars.map((bar, place) => ({
          text: sayBar(data, bar),
          marks: [
            marks[place]
          ],
          kin: ofBatch.get(bar.stay[1]).map((other) => marks[other]),
          open: () => location.hash = batchAddress(data.batches[bar.stay[1]])
        }));
      },
      table: () => ({
        caption: `Stays of batches in ${isolated(name)}`,
        head: [
          "Site",
          "Batch",
          "Stage",
          "First day",
          "Days",
          "Fish at most",
          "Containers"
        ],
        rows: bars.map(({ site, stay, x1 }) => [
          isolated(site.name),
          isolated(data.batches[stay[1]]),
          isolated(data.stages[stay[2]]),
          isoDay(x1),
          stay[4],
          wholeText(stay[5]),
          stay[6]
        ])
      })
    });
  }
  function drawOccupancy(data, root) {
    const used = data.geographies.flatMap((_, place) => data.sites.some(({ geography }) => geography === place) ? [
      place
    ] : []);
    const figures = element("div");
    const show = (by) => figures.replaceChildren(...used.map((place) => occupancyFigure(data, place, by)));
    show("stage");
    root.append(choice({
      name: "Colour by",
      options: [
        "stage",
        "batch"
      ],
      onChoose: (place) => show(place === 0 ? "stage" : "batch")
    }), figures);
  }
  var occupancySection = {
    id: "occupancy",
    title: "Occupancy",
    about: "Every hall and sea area that held fish, over the years. A bar opens the life of its batch, by a click or the Enter key.",
    draw: drawOccupancy
  };

  // src/report/data/stock.ts
  var STOCK_STEP = 7;
  var CONTAINER_GEOGRAPHIES = `SELECT c.id AS container_id, g.id AS geography_id, g.name
  FROM infrastructure_container c
  LEFT JOIN infrastructure_hall h ON h.id = c.hall_id
  LEFT JOIN infrastructure_freshwaterstation s ON s.id = h.freshwater_station_id
  LEFT JOIN infrastructure_area r ON r.id = c.area_id
  JOIN infrastructure_geography g ON g.id = coalesce(s.geography_id, r.geography_id)`;
  var GEOGRAPHY_COLUMNS = {
    infrastructure_container: [
      "id",
      "hall_id",
      "area_id"
    ],
    infrastructure_hall: [
      "id",
      "freshwater_station_id"
    ],
    infrastructure_freshwaterstation: [
      "id",
      "geography_id"
    ],
    infrastructure_area: [
      "id",
      "geography_id"
    ],
    infrastructure_geography: [
      "id",
      "name"
    ]
  };
  var DAY = 864e5;
  var stockFigures = {
    id: "stock",
    reads: {
      batch_actualdailyassignmentstate: [
        "date",
        "population",
        "biomass_kg",
        "container_id",
        "lifecycle_stage_id"
      ],
      batch_lifecyclestage: [
        "id",
        "name",
        "order"
      ],
      ...GEOGRAPHY_COLUMNS
    },
    async figures({ manifest, rows }) {
      const last = Date.parse(manifest.asOf) - DAY;
      const found = await rows(`SELECT
        (DATE '${manifest.asOf}' - 1 - d.date) // ${STOCK_STEP} AS back,
        p.name AS geography, s.name AS stage,
        sum(d.population) AS fish, sum(d.biomass_kg) AS biomass
      FROM batch_actualdailyassignmentstate d
      JOIN (${CONTAINER_GEOGRAPHIES}) p ON p.container_id = d.container_id
      JOIN batch_lifecyclestage s ON s.id = d.lifecycle_stage_id
      WHERE (DATE '${manifest.asOf}' - 1 - d.date) % ${STOCK_STEP} = 0
      GROUP BY 1, p.geography_id, p.name, s.id, s.name, s."order"
      ORDER BY p.geography_id, s."order", 1 DESC`);
      const geographies = [
        ...new Set(found.map(({ geography }) => geography))
      ];
      const stages = (await rows(`SELECT name FROM batch_lifecyclestage ORDER BY "order"`)).map(({ name }) => name);
      const days = Math.floor((last - Date.parse(manifest.firstDay)) / DAY / STOCK_STEP) + 1;
      const series = geographies.flatMap((name, geography) => stages.flatMap((stageName, stage) => {
        const own = found.filter((row) => row.geography === name && row.stage === stageName);
        if (own.length === 0) return [];
        const [fish, biomass] = [
          new Array(days).fill(0),
          new Array(days).fill(0)
        ];
        for (const row of own) {
          fish[days - 1 - row.back] = row.fish;
          biomass[days - 1 - row.back] = row.biomass;
        }
        return [
          {
            geography,
            stage,
            fish: deltasOf(fish),
            biomass: deltasOf(biomass)
          }
        ];
      }));
      const first = new Date(last - (days - 1) * STOCK_STEP * DAY).toISOString().slice(0, 10);
      return {
        first,
        days,
        geographies,
        stages,
        series
      };
    }
  };

  // src/report/page/stacked.ts
  function stackedFigure(stacked) {
    const { title, description, label, days, series, say } = stacked;
    const rows = series.flatMap(({ name, values }) => days.map((day, place) => ({
      day,
      name,
      value: values[place] ?? 0
    })));
    const totals = days.map((_, place) => series.reduce((sum2, { values }) => sum2 + values[place], 0));
    const sayDay = (place) => {
      const parts = series.filter(({ values }) => values[place] > 0).map(({ name, values }) => `${name} ${say(values[place])}`);
      return `${isoDay(days[place])}: ${say(totals[place])}${parts.length > 1 ? ` (${parts.join(", ")})` : parts.length === 1 ? `, ${parts[0]}` : ""}`;
    };
    return figure({
      title,
      description,
      legend: series,
      draw: (width) => drawing({
        width,
        x: TIME,
        y: {
          label,
          grid: true,
          tickFormat: "s",
          nice: true
        },
        color: {
          domain: series.map(({ name }) => name),
          range: series.map(({ colour }) => colour)
        },
        marks: [
          Plot.areaY(rows, {
            x: "day",
            y: "value",
            fill: "name",
            order: series.map(({ name }) => name),
            stroke: "var(--surface)",
            strokeWidth: 0.6
          }),
          groundLine()
        ]
      }),
      steps: (svg) => {
        const x = timeScale(svg);
        return days.map((day, place) => ({
          text: sayDay(place),
          x: x(day)
        }));
      },
      table: () => ({
        caption: title,
        head: [
          "Day",
          ...series.map(({ name }) => name),
          "All"
        ],
        rows: days.map((day, place) => [
          isoDay(day),
          ...series.map(({ values }) => say(values[place])),
          say(totals[place])
        ])
      })
    });
  }

  // src/report/page/stock.ts
  var MEASURES = [
    {
      key: "biomass",
      name: "Biomass",
      label: "Biomass (t)",
      unit: 1e-3,
      say: (t) => weightText(t * 1e3)
    },
    {
      key: "fish",
      name: "Fish",
      label: "Fish",
      unit: 1,
      say: (n) => `${shortText(n)} fish`
    }
  ];
  function sumOf(series, key, unit, days) {
    const sums = new Array(days).fill(0);
    for (const one of series) {
      numbersOf(one[key]).forEach((value, place) => sums[place] += (value ?? 0) * unit);
    }
    return sums;
  }
  function figuresIn(data, geography) {
    const days = Array.from({
      length: data.days
    }, (_, n) => dayAfter(data.first, n * STOCK_STEP));
    const own = data.series.filter((one) => geography === void 0 || one.geography === geography);
    const where = geography === void 0 ? "" : ` in ${data.geographies[geography]}`;
    return MEASURES.map(({ key, name, label, unit, say }) => stackedFigure({
      title: `${name} by stage${where}`,
      description: "Stages lie upon each other, the first of life at the bottom; a day in seven.",
      label,
      days,
      say,
      series: data.stages.flatMap((stage, place) => {
        const ofStage = own.filter((one) => one.stage === place);
        if (ofStage.length === 0) return [];
        const values = sumOf(ofStage, key, unit, data.days);
        return [
          {
            name: stage,
            colour: stageColour(place),
            values
          }
        ];
      })
    }));
  }
  function drawStock(data, root) {
    const days = Array.from({
      length: data.days
    }, (_, n) => dayAfter(data.first, n * STOCK_STEP));
    const figures = element("div", {
      class: "pair"
    });
    const show = (geography) => {
      figures.replaceChildren(...figuresIn(data, geography));
    };
    show(void 0);
    if (data.geographies.length > 1) {
      root.append(choice({
        name: "Geography",
        options: [
          "All",
          ...data.geographies
        ],
        onChoose: (place) => show(place === 0 ? void 0 : place - 1)
      }));
    }
    root.append(figures);
    if (data.geographies.length < 2) return;
    const byGeography = MEASURES.map(({ key, name, label, unit, say }) => stackedFigure({
      title: `${name} by geography`,
      description: "Geographies lie upon each other; a day in seven.",
      label,
      days,
      say,
      series: data.geographies.map((geography, place) => ({
        name: geography,
        colour: seriesColour(place),
        values: sumOf(data.series.filter((one) => one.geography === place), key, unit, data.days)
      }))
    }));
    root.append(element("div", {
      class: "pair"
    }, ...byGeography));
  }
  var stockSection = {
    id: "stock",
    title: "Biomass and fish",
    about: "What lives on the farm, by stage and geography, from the first day to the last.",
    draw: drawStock
  };

  // src/report/page/all.ts
  var of = (section) => section;
  var allSections = [
    of(glanceSection),
    of(occupancySection),
    of(batchSection),
    of(stockSection)
  ];

  // src/report/page/main.ts
  var NEAR = 800;
  function dataOf({ id }) {
    return JSON.parse(document.getElementById(`data-${id}`).textContent);
  }
  var content = document.getElementById("content");
  var waiting = /* @__PURE__ */ new Map();
  function draw(root) {
    const section = waiting.get(root);
    if (section === void 0) return;
    waiting.delete(root);
    section.draw(dataOf(section), root);
    root.setAttribute("data-drawn", "");
  }
  function drawRest() {
    const [next] = waiting.keys();
    if (next === void 0) return;
    draw(next);
    later(drawRest);
  }
  function later(work) {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(work, {
      timeout: 2e3
    });
    else setTimeout(work, 200);
  }
  for (const section of allSections) {
    const { id, title, about } = section;
    const root = element("section", {
      id,
      "aria-labelledby": `${id}-title`
    }, element("h2", {
      id: `${id}-title`,
      tabindex: -1
    }, title), element("p", {
      class: "about"
    }, about));
    content.append(root);
    waiting.set(root, section);
  }
  document.getElementById("contents").append(element("ol", {}, ...allSections.map(({ id, title }) => element("li", {}, element("a", {
    href: `#${id}`
  }, title)))));
  var near = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      draw(target);
    }
  }, {
    rootMargin: `${NEAR}px`
  });
  for (const root of waiting.keys()) near.observe(root);
  addEventListener("beforeprint", () => {
    for (const root of [
      ...waiting.keys()
    ]) draw(root);
  });
  function follow() {
    const root = document.getElementById(location.hash.slice(1));
    if (root !== null && root.matches("section")) landOn(root);
  }
  addEventListener("hashchange", follow);
  follow();
  addEventListener("load", () => later(drawRest));
})();
