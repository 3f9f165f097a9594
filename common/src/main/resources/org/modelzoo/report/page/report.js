/* Draws the charts of a report: what they show stands as JSON beside them, see Chart.java. */
"use strict";
(() => {
  const DASHES = ["solid", "dashed", "dotted"];
  const SYMBOLS = ["circle", "diamond", "triangle", "rect", "emptyCircle", "pin"];
  const COLOURS = 7;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  const coarse = window.matchMedia("(pointer: coarse)").matches;

  const css = (name) =>
    getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const colour = (index) => css("c" + (index % COLOURS));
  const dash = (index) => DASHES[Math.floor(index / COLOURS) % DASHES.length];
  const shortened = (value) => (typeof value === "number" ? rounded(value) : value);
  const rounded = (value) => Number(value.toPrecision(4)).toString().replace("-", "−");

  /** Lines of plain text, or of text and its colour, as HTML: names come from files. */
  const lines = (texts) => {
    const box = document.createElement("div");
    box.style.maxWidth = "16rem";
    box.style.whiteSpace = "normal";
    texts.forEach((entry, i) => {
      const [text, fill] = [].concat(entry);
      const line = box.appendChild(document.createElement(i === 0 ? "strong" : "div"));
      line.style.display = "block";
      line.textContent = text;
      if (fill) {
        line.style.borderLeft = "4px solid " + fill;
        line.style.paddingLeft = "6px";
        line.style.marginTop = "2px";
      }
    });
    return box;
  };

  /** The first and the last of more than a screen holds. */
  const ends = (entries) =>
    entries.length > 16 ? [...entries.slice(0, 8), "…", ...entries.slice(-8)] : entries;

  /** Fingers scroll the page, they don't drag what is in the chart. */
  const dragZoom = () =>
    coarse
      ? []
      : [{ type: "inside", filterMode: "none", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false }];

  const slider = {
    type: "slider",
    filterMode: "none",
    height: 18,
    bottom: 8,
    brushSelect: false,
    showDetail: false,
  };

  const font = { fontFamily: "system-ui, sans-serif", fontSize: 12 };

  const base = () => ({
    animation: false,
    textStyle: { ...font, color: css("ink") },
    tooltip: {
      confine: true,
      backgroundColor: css("card"),
      borderColor: css("line"),
      textStyle: { ...font, color: css("ink") },
    },
  });

  const axis = (more) => ({
    axisLine: { lineStyle: { color: css("soft") } },
    axisTick: { lineStyle: { color: css("line") } },
    axisLabel: { color: css("soft"), ...font, ...(more.axisLabel || {}) },
    splitLine: { lineStyle: { color: css("line") } },
    nameTextStyle: { color: css("soft"), ...font },
    ...Object.fromEntries(Object.entries(more).filter(([key]) => key !== "axisLabel")),
  });

  const ruler = document.createElement("canvas").getContext("2d");
  ruler.font = "12px system-ui, sans-serif";
  const longest = (names) => Math.max(0, ...names.map((name) => ruler.measureText(name).width));

  /** Room for names at an axis: a third of the chart at most. */
  const nameWidth = (names, width) => Math.ceil(Math.min(longest(names) + 2, width * 0.34));

  /** How many letters of a name there is room for. */
  const fitting = (name, room) => {
    let end = Math.min(name.length, 200);
    while (end > 1 && longest([name.slice(0, end)]) > room) {
      end--;
    }
    return end;
  };

  /** A name on two lines at most, broken between words where there is one. */
  const folded = (name, room) => {
    const end = fitting(name, room);
    if (end === name.length) {
      return name;
    }
    const before = name.slice(0, end).search(/[ ,_.-][^ ,_.-]*$/) + 1;
    const after = name.slice(end, end + 4).search(/[ ,_.-]/) + 1;
    const first = before > end / 3 ? before : after > 0 ? end + after : end;
    return name.slice(0, first).trimEnd() + "\n" + name.slice(first).trimStart();
  };

  const areFolded = (names, width) => longest(names) + 2 > nameWidth(names, width);

  const sideNames = (names, width) => ({
    type: "category",
    data: names,
    inverse: true,
    axisLabel: {
      width: nameWidth(names, width),
      overflow: "truncate",
      interval: 0,
      lineHeight: 13,
      formatter: (name) => folded(name, nameWidth(names, width)),
    },
    axisTick: { show: false },
    splitLine: { show: false },
  });

  const isLong = (chart) => chart.lines.some((line) => line.points.length > 12);

  const kinds = {
    "lines": (chart, width) => ({
      height: width < 600 ? 300 : 380,
      legend: chart.lines.map((line) => ({
        name: line.name,
        colour: colour(line.colour),
        dash: dash(line.colour),
      })),
      option: {
        grid: {
          left: 44,
          right: 14,
          top: chart.marks.length > 0 ? 48 : 32,
          bottom: isLong(chart) ? 74 : 44,
        },
        legend: { show: false },
        xAxis: axis({
          type: "value",
          name: chart.names.x,
          nameLocation: "middle",
          nameGap: 26,
          min: chart.marks.length > 0 ? 0 : "dataMin",
          max: "dataMax",
          minInterval: 1,
          axisLabel: { hideOverlap: true },
          splitLine: { show: false },
        }),
        yAxis: axis({
          type: "value",
          name: chart.names.y,
          nameLocation: "end",
          nameGap: chart.marks.length > 0 ? 30 : 15,
          nameTextStyle: { align: "left", padding: [0, 0, 0, -36], color: css("soft"), ...font },
          scale: true,
          axisLabel: { formatter: rounded },
        }),
        dataZoom: [
          ...dragZoom(),
          ...(isLong(chart) ? [slider] : []),
        ],
        tooltip: {
          trigger: "axis",
          formatter: (items) =>
            lines([
              chart.names.x + " " + rounded(items[0].value[0]),
              ...ends(
                items
                  .filter((item) => !item.seriesId.startsWith("band"))
                  .sort((a, b) => b.value[1] - a.value[1])
                  .map((item) => [rounded(item.value[1]) + "  " + item.seriesName, item.color])),
            ]),
        },
        series: chart.lines.flatMap((line) => [
          ...band(line),
          {
            name: line.name,
            type: "line",
            data: line.points,
            symbol: "circle",
            symbolSize: line.points.length > 30 ? 0 : 5,
            color: colour(line.colour),
            lineStyle: { width: 2, type: dash(line.colour) },
            emphasis: { focus: "series" },
          },
        ]).concat(upright(chart)),
      },
    }),

    "heat-map": (chart, width) => {
      const left = nameWidth(chart.rows, width) + 12;
      const upright = chart.columns.some((name) => name.length > 4);
      const bottom = upright ? Math.min(nameWidth(chart.columns, 330) + 10, 120) : 24;
      const cell = (width - left - 12) / chart.columns.length;
      const least = areFolded(chart.rows, width) ? 27 : chart.rows.length > 40 ? 15 : 20;
      const row = Math.max(least, Math.min(34, cell));
      const logarithmic = chart.scale.type === "logarithmic";
      const place = (value) => (logarithmic ? Math.log10(value) : value);
      const low = place(chart.scale.low);
      const high = place(chart.scale.high);
      const steps =
        chart.scale.type === "diverging" ? ["minus", "zero", "plus"] : ["low", "middle", "high"];
      const most = Math.max(1, ...chart.marks.map((mark) => mark.count));
      return {
        height: 12 + chart.rows.length * row + bottom + 62,
        option: {
          grid: { left, right: 12, top: 12, height: chart.rows.length * row },
          xAxis: axis({
            type: "category",
            data: chart.columns,
            name: chart.names.x,
            nameLocation: "middle",
            nameGap: bottom + 2,
            axisLine: { show: false },
            axisTick: { show: false },
            axisLabel: upright
              ? {
                  rotate: 90,
                  width: 104,
                  overflow: "truncate",
                  interval: Math.max(0, Math.ceil(13 / cell) - 1),
                }
              : {},
            splitLine: { show: false },
          }),
          yAxis: axis({ ...sideNames(chart.rows, width), axisLine: { show: false } }),
          visualMap: {
            type: "continuous",
            min: low,
            max: high,
            dimension: 2,
            seriesIndex: 0,
            orient: "horizontal",
            left: "center",
            bottom: 0,
            itemWidth: 12,
            itemHeight: Math.min(150, width * 0.3),
            hoverLink: false,
            inRange: { color: steps.map(css) },
            text: [rounded(chart.scale.high), chart.scale.name + "   " + rounded(chart.scale.low)],
            textStyle: { color: css("soft"), ...font },
          },
          tooltip: {
            formatter: (item) => {
              const one = chart.cells[item.seriesIndex === 0 ? item.dataIndex : item.value[3]];
              return lines([
                chart.rows[one.row],
                chart.names.x + " " + chart.columns[one.column],
                chart.scale.name + " " + one.text,
                ...one.note,
              ]);
            },
          },
          series: [
            {
              type: "heatmap",
              progressive: 0,
              data: chart.cells.map((one) => {
                const share = (place(one.value) - low) / (high - low || 1);
                const strong =
                  chart.scale.type === "diverging" ? Math.abs(share - 0.5) > 0.32 : share > 0.55;
                return {
                  value: [one.column, one.row, place(one.value)],
                  label: { color: strong ? css("card") : css("ink") },
                };
              }),
              label: {
                show: cell >= 34 && chart.marks.length === 0,
                ...font,
                fontSize: 11,
                formatter: (item) => chart.cells[item.dataIndex].text,
              },
              itemStyle: { borderColor: css("card"), borderWidth: cell < 8 ? 0 : 1 },
              emphasis: { itemStyle: { borderColor: css("ink"), borderWidth: 2 } },
            },
            {
              type: "scatter",
              color: css("bad"),
              itemStyle: { borderColor: css("card"), borderWidth: 1.5 },
              symbolSize: (value) =>
                Math.max(5, Math.min(row, cell, 26) * 0.62 * Math.sqrt(value[2] / most)),
              data: chart.marks.map((mark) => [
                mark.column,
                mark.row,
                mark.count,
                chart.cells.findIndex(
                  (one) => one.column === mark.column && one.row === mark.row),
              ]),
            },
          ],
        },
      };
    },

    "timeline": (chart, width) => {
      const left = nameWidth(chart.lanes, width) + 12;
      return {
        height: 56 + chart.lanes.length * 34 + (chart.bars.length > 40 ? 34 : 0),
        option: {
          grid: { left, right: 20, top: 10, height: chart.lanes.length * 34 },
          xAxis: axis({
            type: "value",
            name: "seconds",
            nameLocation: "middle",
            nameGap: 26,
            min: 0,
            max: "dataMax",
            axisLabel: { formatter: rounded, hideOverlap: true, showMaxLabel: false },
          }),
          yAxis: axis(sideNames(chart.lanes, width)),
          dataZoom: [...dragZoom(), ...(chart.bars.length > 40 ? [slider] : [])],
          tooltip: {
            formatter: (item) =>
              lines([chart.bars[item.dataIndex].name, ...chart.bars[item.dataIndex].note]),
          },
          series: [
            {
              type: "custom",
              clip: true,
              encode: { x: [1, 2], y: 0 },
              data: chart.bars.map((bar) => [bar.lane, bar.from, bar.to, bar.colour]),
              renderItem: (params, api) => {
                const from = api.coord([api.value(1), api.value(0)]);
                const to = api.coord([api.value(2), api.value(0)]);
                return {
                  type: "rect",
                  shape: {
                    x: from[0],
                    y: from[1] - 11,
                    width: Math.max(1.5, to[0] - from[0] - 1),
                    height: 22,
                    r: 2,
                  },
                  style: { fill: colour(api.value(3)) },
                  emphasis: { style: { opacity: 0.75 } },
                };
              },
            },
          ],
        },
      };
    },

    "dots": (chart, width) => {
      const left = nameWidth(chart.rows, width) + 12;
      const row = areFolded(chart.rows, width) ? 34 : 28;
      return {
        height: 54 + chart.rows.length * row,
        legend: chart.runs.map((run, i) => ({
          name: run.name,
          colour: colour(i),
          symbol: SYMBOLS[i % SYMBOLS.length],
        })),
        option: {
          legend: { show: false },
          grid: { left, right: 20, top: 8, height: chart.rows.length * row },
          xAxis: axis({
            type: "value",
            scale: true,
            name: chart.name,
            nameLocation: "middle",
            nameGap: 26,
            axisLabel: { formatter: rounded },
          }),
          yAxis: axis({
            ...sideNames(chart.rows, width),
            splitLine: { show: true, lineStyle: { color: css("line"), type: "dotted" } },
          }),
          tooltip: {
            trigger: "axis",
            axisPointer: { type: "shadow" },
            formatter: (items) =>
              lines([
                chart.rows[items[0].value[1]],
                ...items.map((item) => [rounded(item.value[0]) + "  " + item.seriesName, item.color]),
              ]),
          },
          series: chart.runs.map((run, i) => ({
            name: run.name,
            type: "scatter",
            color: colour(i),
            itemStyle: { opacity: 0.95 },
            symbol: SYMBOLS[i % SYMBOLS.length],
            symbolSize: 12,
            data: run.values
              .map((value, row) => [value, row])
              .filter((point) => point[0] !== null),
          })),
        },
      };
    },
  };

  kinds.scatter = (chart, width) => ({
    height: width < 600 ? 300 : 380,
    legend: [
      ...chart.groups.map((group) => ({
        name: group.name,
        colour: colour(group.colour),
        symbol: SYMBOLS[group.colour % SYMBOLS.length],
      })),
      ...(chart.line.length > 0
        ? [{ name: chart.line_name, colour: css("ink"), dash: "solid" }]
        : []),
    ],
    option: {
      grid: { left: 56, right: 14, top: 32, bottom: 44 },
      legend: { show: false },
      xAxis: axis({
        type: "value",
        name: chart.names.x,
        nameLocation: "middle",
        nameGap: 26,
        minInterval: 1,
        max: "dataMax",
        axisLabel: { hideOverlap: true },
        splitLine: { show: false },
      }),
      yAxis: axis({
        type: "value",
        name: chart.names.y,
        nameTextStyle: { align: "left", padding: [0, 0, 0, -48], color: css("soft"), ...font },
        scale: true,
        axisLabel: { formatter: rounded },
      }),
      dataZoom: dragZoom(),
      tooltip: {
        formatter: (item) =>
          lines(
            item.seriesIndex < chart.groups.length
              ? chart.groups[item.seriesIndex].points[item.dataIndex].note
              : [item.seriesName, rounded(item.value[1])]),
      },
      series: [
        ...chart.groups.map((group) => ({
          name: group.name,
          type: "scatter",
          color: colour(group.colour),
          symbol: SYMBOLS[group.colour % SYMBOLS.length],
          symbolSize: 9,
          data: group.points.map((point) => [point.x, point.y]),
        })),
        {
          name: chart.line_name,
          type: "line",
          step: "end",
          symbol: "none",
          color: css("ink"),
          lineStyle: { width: 1.5 },
          data: chart.line,
        },
      ],
    },
  });

  kinds.curves = (chart, width) => {
    const plan = kinds.lines({ ...chart, marks: [] }, width);
    plan.legend = [];
    plan.option.legend = undefined;
    plan.option.tooltip = {
      trigger: "item",
      formatter: (item) => lines([item.seriesName, rounded(item.value[1])]),
    };
    plan.option.series.forEach((series) => {
      series.lineStyle = { width: 1.4, opacity: 0.75 };
      series.symbolSize = 6;
    });
    plan.option.dataZoom = dragZoom();
    plan.option.grid.bottom = 44;
    // Rungs are far from evenly spread, and as steps they are.
    const steps = [...new Set(chart.lines.flatMap((line) => line.points.map((it) => it[0])))];
    plan.option.xAxis = {
      ...plan.option.xAxis,
      type: "category",
      data: steps.sort((a, b) => a - b).map(String),
      min: null,
      max: null,
    };
    plan.option.series.forEach((series) => {
      series.data = series.data.map((point) => [String(point[0]), point[1]]);
    });
    return plan;
  };

  kinds.parallel = (chart, width) => {
    const last = chart.dimensions.length - 1;
    const values = chart.rows.map((row) => row[last]);
    const room = Math.floor((width - 80) / Math.max(1, last)) - 8;
    const whole = longest(chart.dimensions.map((dimension) => dimension.name)) < room;
    const names = chart.dimensions.map((dimension) =>
      whole ? dimension.name : folded(dimension.name.split(".").pop(), room));
    const half = (name) => longest(name.split("\n")) / 2 + 4;
    return {
      height: 380,
      option: {
        parallel: {
          left: Math.max(40, half(names[0])),
          right: Math.max(50, half(names[last])),
          top: 54,
          bottom: 64,
          parallelAxisDefault: {
            nameLocation: "end",
            nameGap: 16,
            nameTextStyle: { color: css("soft"), ...font, fontSize: 11, lineHeight: 14 },
            nameTruncate: { maxWidth: Math.max(44, room + 8) },
            axisLine: { lineStyle: { color: css("soft") } },
            axisTick: { lineStyle: { color: css("line") } },
            axisLabel: {
              color: css("ink"),
              textBorderColor: css("card"),
              textBorderWidth: 3,
              ...font,
              fontSize: 11,
              formatter: shortened,
            },
            areaSelectStyle: { color: css("accent"), borderColor: css("accent"), opacity: 0.25 },
          },
        },
        parallelAxis: chart.dimensions.map((dimension, index) => ({
          dim: index,
          name: names[index],
          type: dimension.type,
          scale: true,
          ...(dimension.type === "category" ? { data: dimension.categories } : {}),
        })),
        visualMap: {
          type: "continuous",
          dimension: last,
          min: Math.min(...values),
          max: Math.max(...values),
          orient: "horizontal",
          left: "center",
          bottom: 0,
          itemWidth: 12,
          itemHeight: Math.min(150, width * 0.3),
          hoverLink: false,
          inRange: { color: [css("plus"), css("c4"), css("minus")] },
          text: [
            rounded(Math.max(...values)),
            chart.dimensions[last].name + "   " + rounded(Math.min(...values)),
          ],
          textStyle: { color: css("soft"), ...font },
        },
        tooltip: { show: false },
        series: [
          {
            type: "parallel",
            lineStyle: { width: 1.5, opacity: 0.7 },
            data: chart.rows.map((row) =>
              row.map((value, index) =>
                chart.dimensions[index].type === "category" && value !== null
                  ? String(value)
                  : value === null
                    ? "-"
                    : value)),
          },
        ],
      },
    };
  };

  const lastPlace = (chart) =>
    Math.max(...chart.lines.flatMap((line) => line.points.map((point) => point[0])));

  /** A series of nothing but lines upright at some places of the horizontal axis. */
  const upright = (chart) => ({
    type: "line",
    data: [],
    markLine: {
      silent: true,
      symbol: "none",
      lineStyle: { color: css("soft"), type: "dashed", width: 1.5 },
      label: { color: css("ink"), ...font, formatter: (item) => item.name },
      data: chart.marks.map((mark) => ({
        name: mark.name,
        xAxis: mark.at,
        label: { align: 2 * mark.at > lastPlace(chart) ? "right" : "left" },
      })),
    },
  });

  /** The band of a line whose points have a lower and an upper end, as one polygon. */
  const band = (line) => {
    const ends = line.points.filter((point) => point.length > 3);
    return ends.length < 2
      ? []
      : [
          {
            id: "band " + line.name,
            name: line.name,
            type: "custom",
            silent: true,
            clip: true,
            z: 1,
            encode: { x: 0, y: [2, 3] },
            data: ends,
            renderItem: (params, api) =>
              params.dataIndexInside > 0
                ? null
                : {
                    type: "polygon",
                    shape: {
                      points: [
                        ...ends.map((point) => api.coord([point[0], point[2]])),
                        ...ends
                          .slice()
                          .reverse()
                          .map((point) => api.coord([point[0], point[3]])),
                      ],
                    },
                    style: { fill: colour(line.colour), opacity: 0.16 },
                  },
          },
        ];
  };

  const swatch = (entry) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("width", "20");
    svg.setAttribute("height", "12");
    svg.setAttribute("aria-hidden", "true");
    const shapes = {
      circle: "M10 1a5 5 0 1 0 .01 0z",
      diamond: "M10 0l6 6-6 6-6-6z",
      triangle: "M10 0l6 11H4z",
      rect: "M5 1h10v10H5z",
    };
    const path = svg.appendChild(
      document.createElementNS("http://www.w3.org/2000/svg", "path"));
    if (entry.symbol) {
      path.setAttribute("d", shapes[entry.symbol] || shapes.circle);
      path.setAttribute("fill", entry.colour);
    } else {
      path.setAttribute("d", "M0 6h20");
      path.setAttribute("stroke", entry.colour);
      path.setAttribute("stroke-width", "3");
      path.setAttribute(
        "stroke-dasharray", { solid: "", dashed: "5 2.5", dotted: "2 2" }[entry.dash]);
    }
    return svg;
  };

  const legend = (chart, entries, hidden, box) => {
    const all = document.createElement("button");
    const buttons = entries.map((entry) => {
      const button = document.createElement("button");
      button.append(swatch(entry), document.createTextNode(entry.name));
      button.addEventListener("click", () => show(entry.name, hidden.has(entry.name)));
      button.addEventListener("pointerenter", () =>
        chart.dispatchAction({ type: "highlight", seriesName: entry.name }));
      button.addEventListener("pointerleave", () =>
        chart.dispatchAction({ type: "downplay", seriesName: entry.name }));
      return button;
    });
    const tell = () => {
      buttons.forEach((button, i) =>
        button.setAttribute("aria-pressed", String(!hidden.has(entries[i].name))));
      all.textContent = hidden.size > 0 ? "Show all" : "Hide all";
    };
    const show = (name, shown) => {
      if (shown) {
        hidden.delete(name);
      } else {
        hidden.add(name);
      }
      chart.dispatchAction({ type: shown ? "legendSelect" : "legendUnSelect", name });
      tell();
    };
    all.addEventListener("click", () => {
      const shown = hidden.size > 0;
      entries.forEach((entry) => show(entry.name, shown));
    });
    tell();
    const children = entries.length > 4 ? [all, ...buttons] : buttons;
    children.forEach((button) => (button.type = "button"));
    box.replaceChildren(...children);
  };

  const merged = (option) => {
    const common = base();
    return { ...common, ...option, tooltip: { ...common.tooltip, ...option.tooltip } };
  };

  const draw = (figure) => {
    const place = figure.querySelector(".chart");
    const spec = JSON.parse(figure.querySelector("script").textContent);
    const box = document.createElement("div");
    box.className = "legend";
    place.after(box);
    const hidden = new Set();
    let chart = null;
    let drawn = 0;
    const paint = () => {
      drawn = place.clientWidth;
      if (drawn === 0) {
        return;
      }
      const plan = kinds[spec.kind](spec, drawn);
      place.style.height = plan.height + "px";
      chart?.dispose();
      chart = echarts.init(place, null, { renderer: "canvas" });
      const option = merged(plan.option);
      if (option.legend) {
        option.legend.selected = Object.fromEntries([...hidden].map((name) => [name, false]));
        option.legend.data = plan.legend.map((entry) => entry.name);
      }
      chart.setOption(option);
      legend(chart, plan.legend || [], hidden, box);
    };
    paint();
    new ResizeObserver(() => {
      if (place.clientWidth !== drawn) {
        paint();
      }
    }).observe(place);
    dark.addEventListener("change", paint);
  };

  document.querySelectorAll("figure").forEach((figure) => {
    if (figure.querySelector(".chart")) {
      draw(figure);
    }
  });
})();
