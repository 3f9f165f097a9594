/* Charts of many values at once: heat maps and parallel coordinates. */
"use strict";

kinds["heat-map"] = (chart, width) => {
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
