import { describe, expect, test } from 'vitest';
import { pairsCard } from '../../../src/commands/round/pairs.ts';
import { previewCsv } from '../../../src/commands/round/csv.ts';
import { csvOf } from '../../../src/csv.ts';
import { historyCard } from '../../../src/commands/round/answers.ts';
import { previewCard } from '../../../src/commands/round/card.ts';
import { distributionOf, drawDistribution, sayDistribution } from '../../../src/commands/round/distribution.ts';
import type { PreviewView } from '../../../src/mentoring/rounds/view.ts';
import type { Round } from '../../../src/db/rounds.ts';
import { texts as english } from '../../../src/texts/en.ts';

const id = (n: number) => String(1_234_567_890_123_456_789n + BigInt(n));
const at = '2026-11-23T12:00:00.000Z';

const round: Round = {
  id: 'abcdefghjkmn',
  guild_id: id(0),
  state: 'preview',
  floor: 3_000,
  created_by: id(1),
  created_at: at,
  run: 12,
  progress: null,
  beat_at: null,
  computed_at: at,
  figures: null,
  outcome: null,
  closed_at: null,
  closed_by: null,
  written: 0,
  planned: null,
  publish_at: null,
};

const whys = ['no-eligible', 'below-floor', 'no-place', 'mentor-gone'];

/** A preview in which everything is as long as it can be. */
const long: PreviewView = {
  round,
  figures: {
    matched: 50_000,
    total: 400_000_000,
    blockingMentees: 50_000,
    mentees: 100_000,
    places: 99_999,
    gap: 0.00123,
    greedy: { matched: 49_999, total: 399_999_999, blockingMentees: 49_999 },
    deferredAcceptance: { matched: 49_999, total: 399_999_999, blockingMentees: 49_999 },
    droppedPins: [{ menteeId: id(100), mentorId: id(101) }],
  },
  pairs: Array.from({ length: 40 }, (_, i) => ({
    round_id: round.id,
    guild_id: id(0),
    mentee_id: id(1_000 + i),
    mentor_id: id(2_000 + i),
    fit: i * 250,
    pinned: i % 2 === 0 ? 1 : 0,
    reasons: JSON.stringify([{ part: 'stage', ahead: 2 }]),
    request_id: null,
    skipped: null,
  })),
  left: Array.from({ length: 80 }, (_, i) => ({
    round_id: round.id,
    guild_id: id(0),
    mentee_id: id(3_000 + i),
    why: whys[i % whys.length] ?? '',
    detail: JSON.stringify({ excluded: { blocked: 1, paused: 2, language: 3, 'same-person': 1 }, bestFit: 1_234 }),
  })),
  wishes: Array.from({ length: 200 }, (_, i) => ({
    round_id: round.id,
    guild_id: id(0),
    mentee_id: id(100 + i),
    mentor_id: id(101 + i),
    kind: i % 2 === 0 ? 'pinned' : 'forbidden',
    created_by: id(1),
    created_at: at,
  })),
};

/** Discord's limits on an embed. https://docs.discord.com/developers/resources/message */
function expectToFit({ embeds = [] }: Awaited<ReturnType<typeof previewCard>>): void {
  const [embed] = embeds;
  const fields = embed?.fields ?? [];
  for (const { value } of fields) expect(value.length).toBeLessThanOrEqual(1_024);
  const all = [embed?.title ?? '', embed?.description ?? '', ...fields.flatMap(({ name, value }) => [name, value])];
  expect(all.join('').length).toBeLessThanOrEqual(6_000);
}

describe('the card of a preview', () => {
  test('fits into a message however large the guild', async () => {
    expectToFit(await previewCard(english, long, () => undefined));
  });

  test('offers nothing to publish where nobody would be paired', async () => {
    const card = await previewCard(english, { ...long, pairs: [], left: [], wishes: [] }, () => undefined);
    expect(JSON.stringify(card.components)).not.toContain('Publish');
    expect(card.files).toEqual([]);
  });

  test('says when somebody has fallen away since, and that the picture shows what in words', async () => {
    const card = await previewCard(english, long, () => undefined);
    expect(card.embeds?.[0]?.description).toMatch(/stopped being available; they are out/);
    expect(card.files?.[0]?.description).toMatch(/0 to 10%: 4 pairs; 10 to 20%: 4 pairs/);
  });
});

test('the weakest pairs are named only where they are weak', async () => {
  const strong = { ...long, pairs: long.pairs.filter(({ fit }) => fit >= 5_000) };
  const names = (view: PreviewView) =>
    previewCard(english, view, () => undefined).then(({ embeds }) => embeds?.[0]?.fields?.map(({ name }) => name));
  expect(await names(long)).toContain('Pairs that hardly suit, for a human look');
  expect(await names(strong)).not.toContain('Pairs that hardly suit, for a human look');
});

test('every pair can be read with its reasons, and everybody who waits on with why, a page at a time', () => {
  const seen: string[] = [];
  for (let page = 0; page < 12; page += 1) {
    const card = pairsCard(english, long, page);
    expectToFit(card);
    expect(card.embeds?.[0]?.description?.length).toBeLessThanOrEqual(4_096);
    seen.push(card.embeds?.[0]?.description ?? '');
  }
  const all = seen.join('\n');
  for (const { mentee_id: mentee } of [...long.pairs, ...long.left]) expect(all).toContain(`<@${mentee}>`);
  expect(seen[0]).toContain('0%, pinned');
  expect(seen[0]).toContain('Mentor 2 steps ahead');
  expect(all).toContain('Nobody suits enough: best 12%, floor 30%');
  expect(all).not.toMatch(/block/i);
  expect(pairsCard(english, { ...long, pairs: [], left: [] }, 0).content).toMatch(/Nobody/);
});

test('the history says what was sent', () => {
  const requests = { accepted: 1, declined: 0, pending: 2, other: 0 };
  const outcome = { requests: 3, told: 2, skipped: {} };
  const card = historyCard(english, [
    { round: { ...round, state: 'published' }, figures: long.figures, outcome, requests },
  ]);
  expect(card.embeds?.[0]?.fields?.[0]?.value).toContain('Sent: 3 requests, and 2 people told why they wait on');
});

test('the history fits into a message', () => {
  const requests = { accepted: 10_000, declined: 10_000, pending: 10_000, other: 10_000 };
  const outcome = { requests: 50_000, told: 10_000, skipped: {} };
  const closed: Round = { ...round, state: 'published', closed_at: at, closed_by: id(2) };
  expectToFit(
    historyCard(
      english,
      Array.from({ length: 10 }, () => ({ round: closed, figures: long.figures, outcome, requests })),
    ),
  );
});

/** One text as a cell of a file. */
const cell = (text: string) => csvOf([[text]]).replace(/\r\n$/, '');

describe('the file of a preview', () => {
  test.each([
    ['=1+1', `"'=1+1"`],
    ['+1', `"'+1"`],
    ['-1', `"'-1"`],
    ['@cmd', `"'@cmd"`],
    ['\tx', `"'\tx"`],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['=a,"b"', `"'=a,""b"""`],
    ['José', '"José"'],
    ['Ann-Marie = Anna', '"Ann-Marie = Anna"'],
    ['Eve;=1+1', `"Eve;'=1+1"`],
    ['Eve\t=1+1', `"Eve\t'=1+1"`],
    ['Eve, |-1', `"Eve, |'-1"`],
    ['Eve\r\n @x', `"Eve\r\n' @x"`],
    [' =1+1', `"' =1+1"`],
    ['\u200b=1+1', `"'\u200b=1+1"`],
    ['\u00a0\u2066+1', `"'\u00a0+1"`],
    ['"=1+1', `"'""=1+1"`],
    ['＝1+1', `"'＝1+1"`],
  ])('makes %j harmless for a spreadsheet', (typed, shown) => {
    expect(cell(typed)).toBe(shown);
  });

  test('has no cell that begins a formula, whichever sign a spreadsheet splits at and whether it knows quotes or not', () => {
    const signs = ['=', '+', '-', '@', '＝', '＠'];
    const skipped = ['', ' ', '\u200b', '\u3000', '\u202e', '"', "' "];
    const names = signs.flatMap((sign) =>
      skipped.flatMap((skip) => ['', 'Eve;', 'Eve,', 'Eve\t', 'Eve|', 'Eve\n'].map((before) => before + skip + sign)),
    );
    const line = names.map((name) => cell(`${name}1`)).join(',');
    for (const separator of [',', ';', '\t', '|', '\n']) {
      const cells = line.split(separator).map((each) => each.replaceAll(/[\s\p{Cf}"]/gu, ''));
      expect(cells.filter((each) => /^[=+\-@＝＠]/.test(each))).toEqual([]);
    }
  });

  test('has a line for everybody, with names where they are known, and tells no block apart from a pause', async () => {
    const file = await previewCsv(english, long, (userId) => (userId === id(1_000) ? '=HYPERLINK("x")' : undefined));
    const csv = file.toString('utf8');
    const lines = csv.split('\r\n');
    expect(lines[0]).toBe('\ufeff"Outcome","Mentee","Mentee id","Mentor","Mentor id","Fit %","Reasons"');
    expect(lines).toHaveLength(1 + long.pairs.length + long.left.length + 1);
    expect(lines[1]).toBe(
      `"Pair (pinned)","'=HYPERLINK(""x"")","id ${id(1_000)}","","id ${id(2_000)}","0","Mentor 2 steps ahead"`,
    );
    expect(csv).toContain('3 with no language in common; 3 not taking requests');
    expect(csv).not.toMatch(/block/i);
    expect(csv).toContain('best 12%, floor 30%');
  });
});

test('the picture and its words count the same pairs', async () => {
  const bars = distributionOf([0, 500, 5_000, 9_999, 10_000]);
  expect(bars).toEqual([2, 0, 0, 0, 0, 1, 0, 0, 0, 2]);
  expect(sayDistribution(english, bars)).toBe(
    'How well the proposed pairs suit. 0 to 10%: 2 pairs; 50 to 60%: 1 pair; 90 to 100%: 2 pairs.',
  );
  const png = await drawDistribution(english, bars);
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
});
