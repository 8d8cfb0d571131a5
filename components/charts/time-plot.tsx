"use client";
import { memo, useMemo } from "react";
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { useClock } from "@/components/time/clock";
import { type ChartUnit, quantityOf } from "@/lib/charts/quantity";
import { topOf } from "@/lib/charts/scale";
import { formatQuantity } from "@/lib/format/number";
import { PLOT, type TimeChartProps } from "./time-chart";

const AXIS = { fontSize: 12, fill: "var(--color-ink-3)" } as const;

/** The drawing of TimeChart; loaded on its own, redrawn only when its data changes, never by the crosshair. */
export const TimePlot = memo(function TimePlot({
  unit,
  times,
  lines,
  band,
  thresholds,
  changes,
  height,
}: TimeChartProps) {
  const clock = useClock();
  const rows = useMemo(
    () =>
      times.map((at, index) => {
        const row: Record<string, number | null | readonly (number | null)[]> = { at };
        for (const line of lines) row[line.id] = line.values[index] ?? null;
        if (band) {
          const [low, middle, high] = lines.map((line) => line.values[index] ?? null);
          row["band-inner"] = [low ?? null, middle ?? null];
          row["band-outer"] = [middle ?? null, high ?? null];
        }
        return row;
      }),
    [times, lines, band],
  );
  const first = times[0] ?? 0;
  const last = times.at(-1) ?? 0;
  const largest = Math.max(
    0,
    ...lines.flatMap((line) => line.values.map((value) => value ?? 0)),
    ...(thresholds ?? []).map((each) => each.value),
  );
  const top = topOf(unit, largest);
  const bandInk = lines[0]?.ink ?? "var(--color-ink-3)";
  return (
    <ResponsiveContainer width="100%" height={height ?? 140} initialDimension={{ width: 320, height: height ?? 140 }}>
      <ComposedChart
        data={rows}
        margin={{ top: PLOT.top, right: PLOT.right, bottom: 0, left: 0 }}
        accessibilityLayer={false}
        tabIndex={-1}
      >
        <CartesianGrid vertical={false} stroke="var(--color-line)" />
        <XAxis
          dataKey="at"
          type="number"
          domain={[first, last]}
          ticks={[first, (first + last) / 2, last]}
          interval={0}
          tick={(tick: TickProps) => <EdgeTick {...tick} text={clock.minute(tick.payload?.value ?? 0)} />}
          axisLine={{ stroke: "var(--color-line)" }}
          tickLine={false}
          height={PLOT.bottom}
        />
        <YAxis
          width={PLOT.left}
          domain={[0, top]}
          ticks={[0, top / 2, top]}
          interval={0}
          tick={(tick: TickProps) => <ValueTick {...tick} unit={unit} top={top} />}
          axisLine={false}
          tickLine={false}
        />
        {thresholds?.map((each) => (
          <ReferenceLine
            key={each.label}
            y={each.value}
            stroke="var(--color-ink-3)"
            strokeDasharray="2 2"
            label={{ value: each.label, position: "insideTopRight", ...AXIS }}
          />
        ))}
        {changes?.map((each) => (
          <ReferenceLine
            key={`${each.at}${each.label}`}
            x={each.at}
            stroke="var(--color-line-strong)"
            strokeDasharray="1 3"
          />
        ))}
        {band && (
          <>
            <Area
              dataKey="band-outer"
              stroke="none"
              fill={bandInk}
              fillOpacity={0.1}
              isAnimationActive={false}
              activeDot={false}
            />
            <Area
              dataKey="band-inner"
              stroke="none"
              fill={bandInk}
              fillOpacity={0.22}
              isAnimationActive={false}
              activeDot={false}
            />
          </>
        )}
        {lines.map((line, index) => (
          <Line
            key={line.id}
            dataKey={line.id}
            stroke={line.ink}
            // The edges of a band carry the colours the legend gives them.
            strokeWidth={band && index > 0 ? 1 : 1.5}
            {...(line.dashed ? { strokeDasharray: "4 3" } : {})}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
            connectNulls={false}
          />
        ))}
      </ComposedChart>
    </ResponsiveContainer>
  );
});

interface TickProps {
  x?: number | string;
  y?: number | string;
  index?: number;
  payload?: { value: number };
}

/** The unit stands at the top only; on one line, however long. */
function ValueTick({ x, y, payload, unit, top }: TickProps & { unit: ChartUnit; top: number }) {
  const value = payload?.value ?? 0;
  const quantity = quantityOf(unit, value);
  return (
    <text x={x} y={Number(y ?? 0) + 4} {...AXIS} textAnchor="end">
      {value === top ? formatQuantity(quantity) : value === 0 ? "0" : quantity.value}
    </text>
  );
}

/** The outer times are set inwards, so that neither is cut off. */
function EdgeTick({ x, y, index, text }: TickProps & { text: string }) {
  return (
    <text x={x} y={Number(y ?? 0) + 12} {...AXIS} textAnchor={index === 0 ? "start" : index === 2 ? "end" : "middle"}>
      {text}
    </text>
  );
}
