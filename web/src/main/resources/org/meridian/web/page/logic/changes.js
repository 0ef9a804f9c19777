/** What changed between two snapshots of the world, as sentences for people who cannot see the colours change. */
export function changes(before, after) {
  if (!before) return [];
  const former = new Map(before.regions.map(region => [region.name, region]));
  const words = after.regions.flatMap(region => ofRegion(former.get(region.name), region));
  if (!before.unfinished && after.unfinished) words.push(`A rollout to ${after.unfinished.to} began.`);
  if (before.unfinished && !after.unfinished) words.push(`The rollout to ${before.unfinished.to} ended.`);
  if (!before.approval && after.approval) words.push(`The rollout to ${after.approval.to} waits for approval.`);
  return words;
}

function ofRegion(before, after) {
  if (!before || before.health === after.health) return [];
  const users = after.health === 'down' && after.fallback ? ` Its users go to ${after.fallback}.` : '';
  return [`${after.name} is ${after.health}.${users}`];
}
