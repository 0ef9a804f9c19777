// Turns what is known of a rollout into rows, bars and a time window, without a pixel.
const SHORTEST_MS = 30_000;
const ORDER = ['prepare', 'shift', 'canary', 'drain', 'bake', 'retire', 'revert'];

/** The time that the axis shows, in milliseconds: from the start to the end, or to now and a little more. */
export function windowOf(rollout, phases, now) {
  const from = Date.parse(rollout.startedAt);
  const last = isOver(rollout) ? endOf(rollout, phases) : now + (now - from) * 0.04;
  return { from, to: Math.max(last, from + SHORTEST_MS) };
}

/** Whether it has ended, well or not; when that was may be forgotten. */
export const isOver = rollout => rollout.outcome !== 'running';

/** When it ended, in milliseconds, as far as is known. The bake is after it: users have moved by then. */
export function endOf(rollout, phases) {
  const ends = phases.filter(one => one.phase !== 'bake').map(one => Date.parse(one.endedAt ?? one.startedAt));
  return Math.max(Date.parse(rollout.endedAt ?? rollout.startedAt), ...ends);
}

/** Waves of regions in the order in which they move: as the rollout says, or all others and then the primary. */
export function wavesOf({ waves, rollout, phases }, primary) {
  if (waves?.length) return waves;
  const named = [...new Set([...(rollout.regions ?? []), ...phases.map(phase => phase.region)])].filter(Boolean);
  const others = named.filter(name => name !== primary);
  return [others, named.includes(primary) ? [primary] : []].filter(wave => wave.length);
}

/** A region's bars that begin before `end`, in time order: { phase, from, to, going, ok } in milliseconds. */
export function barsOf(region, phases, now, end = Infinity) {
  return phases
    .filter(phase => phase.region === region)
    .map(({ phase, startedAt, endedAt, ok }) => ({
      phase,
      from: Date.parse(startedAt),
      to: Math.min(end, endedAt ? Date.parse(endedAt) : now),
      going: !endedAt,
      ok,
    }))
    .filter(bar => bar.from < end)
    .sort((a, b) => a.from - b.from || ORDER.indexOf(a.phase) - ORDER.indexOf(b.phase));
}

/** What a region does now, as a word; null before and after. */
export const current = bars => bars.findLast(bar => bar.going)?.phase ?? null;

/** Canary looks of one region as two series over time: { share: [{at, share}], p95, errors: { fresh, former } }. */
export function series(looks) {
  const at = look => Date.parse(look.at);
  const rate = counts => (counts?.requests > 0 ? (100 * counts.errors) / counts.requests : null);
  const of = figure => ({
    fresh: looks.map(look => ({ at: at(look), value: figure(look.fresh) })).filter(point => point.value !== null && point.value !== undefined),
    former: looks.map(look => ({ at: at(look), value: figure(look.former) })).filter(point => point.value !== null && point.value !== undefined),
  });
  return {
    share: looks.map(look => ({ at: at(look), share: look.share })),
    p95: of(counts => counts?.p95 ?? null),
    errors: of(rate),
  };
}
