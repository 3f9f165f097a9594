/* Charts with axes: what they show stands as JSON beside them, see Chart.java. */
"use strict";

/** By kind: from what is shown and the width, height, legend and options of the library. */
const kinds = {};

kinds.lines = (chart, width) => ({
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

kinds.scatter = (chart, width) => ({
  height: width < 600 ? 300 : 380,
  legend: [
    ...chart.groups.map((group) => ({
      name: group.name,
      colour: colour(group.colour),
      symbol: symbol(group.colour),
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
        symbol: "path://" + symbol(group.colour),
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

kinds.timeline = (chart, width) => {
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
};

kinds.dots = (chart, width) => {
  const left = nameWidth(chart.rows, width) + 12;
  const row = areFolded(chart.rows, width) ? 34 : 28;
  return {
    height: 54 + chart.rows.length * row,
    legend: chart.runs.map((run, i) => ({
      name: run.name,
      colour: colour(i),
      symbol: symbol(i),
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
        symbol: "path://" + symbol(i),
        symbolSize: 12,
        data: run.values
          .map((value, row) => [value, row])
          .filter((point) => point[0] !== null),
      })),
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
