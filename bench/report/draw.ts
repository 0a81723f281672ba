import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TitleComponent } from "echarts/components";
import { type EChartsCoreOption, init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { backdrop, colorsOf, inks } from "./colors.ts";
import { textOf } from "./figure.ts";
import type { BarPlot, LinePlot, Plot } from "./plot.ts";

use([BarChart, LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

const size = { width: 760, height: 420 };
const font = "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";

/** Draws a picture as SVG, which is readable on a light and on a dark page. */
export function draw(plot: Plot): string {
  const chart = init(null, undefined, { renderer: "svg", ssr: true, ...size });
  try {
    chart.setOption({ ...frameOf(plot), ...(plot.kind === "lines" ? linesOf(plot) : barsOf(plot)) });
    return withBackdrop(chart.renderToSVGString(), plot.title);
  } finally {
    chart.dispose();
  }
}

function frameOf({ title }: Plot): EChartsCoreOption {
  return {
    animation: false,
    textStyle: { fontFamily: font, color: inks.text },
    title: { text: title, left: 24, top: 18, textStyle: { fontSize: 17, fontWeight: 600, color: inks.text } },
    legend: {
      bottom: 14,
      itemGap: 26,
      itemWidth: 18,
      textStyle: { fontSize: 13, color: inks.text },
      inactiveColor: inks.line,
    },
    grid: { left: 92, right: 44, top: 66, bottom: 96 },
  };
}

function linesOf({ along, value, base, isLogarithmic, lines }: LinePlot): EChartsCoreOption {
  const colors = colorsOf(lines);
  return {
    xAxis: { ...axis(along, 34), type: "log", logBase: base, min: 1, max: "dataMax" },
    yAxis: { ...axis(value, 62), type: isLogarithmic ? "log" : "value" },
    series: lines.map(({ name, points, isReference }, index) => ({
      name,
      type: "line",
      data: points,
      symbol: "circle",
      symbolSize: isReference ? 5 : 8,
      color: colors[index],
      lineStyle: { width: isReference ? 1.5 : 2.5, type: isReference ? "dashed" : "solid" },
    })),
  };
}

function barsOf({ value, groups, bars }: BarPlot): EChartsCoreOption {
  const colors = colorsOf(bars);
  return {
    xAxis: { ...axis("", 0), type: "category", data: groups, axisTick: { show: false } },
    yAxis: { ...axis(value, 62), type: "value" },
    series: bars.map(({ name, values }, index) => ({
      name,
      type: "bar",
      data: values.map((height) => height ?? null),
      color: colors[index],
      barGap: "12%",
      barCategoryGap: "28%",
      itemStyle: { borderRadius: [3, 3, 0, 0] },
      label: {
        show: true,
        position: "top",
        fontSize: 12,
        color: inks.text,
        formatter: (bar: { readonly value: unknown }) => (typeof bar.value === "number" ? textOf(bar.value) : ""),
      },
    })),
  };
}

function axis(name: string, nameGap: number) {
  return {
    name,
    nameGap,
    nameLocation: "middle",
    nameTextStyle: { fontSize: 13, color: inks.text },
    axisLabel: { fontSize: 12, color: inks.text, formatter: tick },
    axisLine: { show: true, lineStyle: { color: inks.line } },
    axisTick: { lineStyle: { color: inks.line } },
    minorTick: { show: false },
    splitLine: { lineStyle: { color: inks.grid } },
  };
}

/** Names stay, numbers get commas: `0.01`, `1`, `10,000`. */
function tick(value: number | string): string {
  return typeof value === "string" ? value : value.toLocaleString("en", { maximumFractionDigits: 6 });
}

/** A ground of its own, since nobody knows on which page it will lie; and a name for those who do not see it. */
function withBackdrop(svg: string, title: string): string {
  const start = svg.indexOf(">") + 1;
  const open = svg.slice(0, start).replace("<svg", '<svg role="img"');
  return `${open}\n<title>${title}</title>${backdrop(size)}${svg.slice(start)}\n`;
}
