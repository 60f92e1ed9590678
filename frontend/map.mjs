// Boundaries for the map, from Natural Earth (public domain) as world-atlas packs it: one drawing in which
// a degree is a unit, and the middle of each state by its name.  Run when the desk is bundled.
import { readFileSync, writeFileSync } from "node:fs";

const OUT = "../src/secondsource/web/static/";
const atlas = JSON.parse(readFileSync("node_modules/world-atlas/countries-110m.json", "utf8"));
const { scale, translate } = atlas.transform;

const arcs = atlas.arcs.map((arc) => {
  let x = 0, y = 0;
  return arc.map(([dx, dy]) => {
    x += dx;
    y += dy;
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  });
});

function ring(indexes) {
  const points = [];
  for (const index of indexes) {
    const arc = index < 0 ? [...arcs[~index]].reverse() : arcs[index];
    points.push(...(points.length ? arc.slice(1) : arc));
  }
  return points;
}

function area(points) {
  let sum = 0, x = 0, y = 0;
  for (let at = 0; at < points.length; at += 1) {
    const [a, b] = points[at], [c, d] = points[(at + 1) % points.length];
    const cross = a * d - c * b;
    sum += cross;
    x += (a + c) * cross;
    y += (b + d) * cross;
  }
  return { size: Math.abs(sum / 2), middle: sum ? [x / (3 * sum), y / (3 * sum)] : points[0] };
}

const place = ([x, y]) => `${x.toFixed(1)} ${(-y).toFixed(1)}`;
const path = (points) => `M${points.map(place).join("L")}Z`;
const middles = {};
const drawn = atlas.objects.countries.geometries.map(({ type, arcs: parts, properties }) => {
  const outer = (type === "Polygon" ? [parts] : parts ?? []).map((polygon) => ring(polygon[0]));
  const widest = outer.map(area).sort((one, other) => other.size - one.size)[0];
  if (widest) middles[properties.name] = [widest.middle[1], widest.middle[0]].map((degree) => +degree.toFixed(2));
  return outer.map(path).join("");
});

writeFileSync(`${OUT}world.svg`, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-180 -90 360 180"><path id="land" d="${drawn.join("")}"/></svg>\n`);
writeFileSync(`${OUT}states.json`, `${JSON.stringify(middles)}\n`);
