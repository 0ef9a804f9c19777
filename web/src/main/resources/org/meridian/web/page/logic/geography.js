import { isLand } from './land.js';

// Where the map is cut: the Pacific, and the empty south.
const WEST = -169;
const NORTH = 79;
const SOUTH = -57;
const DEGREES = Math.PI / 180;

// Gall's stereographic projection: keeps the far north modest and the tropics readable.
const rise = latitude => (1 + Math.SQRT2 / 2) * Math.tan((latitude * DEGREES) / 2);
const TOP = rise(NORTH);
const HEIGHT = TOP - rise(SOUTH);
const WIDTH = (360 * DEGREES) / Math.SQRT2;

/** How many times wider than high the map is. */
export const ASPECT = WIDTH / HEIGHT;

/** Where a place is on a map of that width, from its upper left corner. */
export function project(longitude, latitude, width) {
  const east = (((longitude - WEST) % 360) + 360) % 360;
  const y = ((TOP - rise(Math.max(SOUTH, Math.min(NORTH, latitude)))) / HEIGHT) * (width / ASPECT);
  return { x: (east / 360) * width, y };
}

/** The land as an SVG path of dots (lines without length, for round caps) on a map of that width, `columns` dots across. */
export function dots(width, columns) {
  const step = width / columns;
  const parts = [];
  for (let row = 0, y = step / 2; y < width / ASPECT; row++, y += step * 0.87) {
    const latitude = (2 * Math.atan((TOP - (y / (width / ASPECT)) * HEIGHT) / (1 + Math.SQRT2 / 2))) / DEGREES;
    for (let x = row % 2 ? step : step / 2; x < width; x += step) {
      const longitude = WEST + (x / width) * 360;
      if (isLand(longitude, latitude)) parts.push(`M${x.toFixed(1)} ${y.toFixed(1)}h0`);
    }
  }
  return parts.join('');
}

/** Moves points that lie on one another apart, along a small circle. Returns new points. */
export function apart(points, distance) {
  return points.map((point, i) => {
    const near = points.filter(other => Math.hypot(other.x - point.x, other.y - point.y) < distance);
    if (near.length === 1) return point;
    const turn = (2 * Math.PI * near.indexOf(point)) / near.length;
    return { ...point, x: point.x + distance * Math.cos(turn), y: point.y + distance * Math.sin(turn) };
  });
}

/**
 * The outline of an arrow that bends and grows towards its head, as an SVG path.
 * `gap` is how far before the target it ends; `bend` how far it swings out, in parts of its length.
 */
export function arrow(from, to, thickness, { bend = 0.22, gap = 0 } = {}) {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const control = bendOf(from, to, bend);
  const tx = to.x - control.x;
  const ty = to.y - control.y;
  const reach = Math.hypot(tx, ty) || 1;
  const unit = { x: tx / reach, y: ty / reach };
  const head = Math.min(length * 0.4, 2.5 + thickness * 1.7);
  const tip = { x: to.x - unit.x * gap, y: to.y - unit.y * gap };
  const neck = { x: tip.x - unit.x * head, y: tip.y - unit.y * head };
  const half = thickness / 2;
  const wing = half + 1.2 + thickness * 0.34;
  const at = (point, offset) => `${(point.x - unit.y * offset).toFixed(1)} ${(point.y + unit.x * offset).toFixed(1)}`;
  const curve = offset => at(control, offset * 0.6);
  return `M${from.x.toFixed(1)} ${from.y.toFixed(1)}Q${curve(half)} ${at(neck, half)}L${at(neck, wing)}L${at(tip, 0)}`
    + `L${at(neck, -wing)}L${at(neck, -half)}Q${curve(-half)} ${from.x.toFixed(1)} ${from.y.toFixed(1)}Z`;
}

// Bends upwards, whichever way it goes.
function bendOf(from, to, bend) {
  const side = to.x < from.x ? -bend : bend;
  return { x: (from.x + to.x) / 2 + (to.y - from.y) * side, y: (from.y + to.y) / 2 - (to.x - from.x) * side };
}

/** Points along the arrow that {@link arrow} draws, for what must keep clear of it. */
export function along(from, to, bend, parts = 8) {
  const control = bendOf(from, to, bend);
  return Array.from({ length: parts + 1 }, (_, i) => {
    const t = i / parts;
    const at = axis => (1 - t) ** 2 * from[axis] + 2 * t * (1 - t) * control[axis] + t ** 2 * to[axis];
    return { x: at('x'), y: at('y') };
  });
}

/**
 * Puts a label of that size beside each point, where it covers no other label, point or obstacle and stays on the map: right,
 * left, below or above. Returns {x, y} of the labels' upper left corners, in the points' order.
 */
export function labels(points, size, bounds, obstacles = [], gap = 14) {
  const taken = [...points, ...obstacles].map(point => ({ x: point.x - 8, y: point.y - 8, width: 16, height: 16 }));
  return points.map((point, index) => {
    const { width, height } = size(point);
    const places = [
      { x: point.x + gap, y: point.y - height / 2 },
      { x: point.x - gap - width, y: point.y - height / 2 },
      { x: point.x - width / 2, y: point.y + gap },
      { x: point.x - width / 2, y: point.y - gap - height },
      { x: point.x + gap, y: point.y + gap / 2 },
      { x: point.x - gap - width, y: point.y + gap / 2 },
    ].map(place => ({ ...place, width, height }));
    const cost = place => taken.reduce((sum, other, i) => (i === index ? sum : sum + overlap(place, other)), 0)
      + outside(place, bounds) * 4;
    const best = places.reduce((a, b) => (cost(b) < cost(a) ? b : a));
    taken.push(best);
    return { x: best.x, y: best.y };
  });
}

function overlap(a, b) {
  const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return wide > 0 && high > 0 ? wide * high : 0;
}

function outside(place, bounds) {
  const within = overlap(place, { x: 0, y: 0, width: bounds.width, height: bounds.height });
  return place.width * place.height - within;
}
