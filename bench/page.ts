/**
 * `node bench/page.ts`: how smoothly the page scrolls through 1,000 messages with cards and buttons, in a real browser.
 * Frame times while scrolling from the end to the beginning, beside those of a list of 1,000 plain paragraphs in the same run.
 */
import { startSandbox } from '../sandbox/index.ts';
import { startPage } from '../sandbox/page-server/index.ts';
import { closeBrowser, openBrowser, visit } from '../test/page/visit.ts';

const messageCount = 1000;
const framesToMeasure = 240;

const sandbox = await startSandbox();
const guild = sandbox.createGuild({ name: 'Bench', channels: ['long'] });
guild.join({ name: 'Ada' });
for (let number = 1; number <= messageCount; number += 1) await post(number);

async function post(number: number): Promise<void> {
  await fetch(`${sandbox.apiUrl}/v10/channels/${guild.channel('long').id}/messages`, {
    method: 'POST',
    headers: { Authorization: `Bot ${sandbox.token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      content: `Message ${number} with **bold** words and <t:1800000000:R>`,
      embeds: number % 4 === 0 ? [{ title: `Card ${number}`, description: 'A few words '.repeat(20) }] : [],
      components:
        number % 5 === 0
          ? [{ type: 1, components: [{ type: 2, style: 2, label: 'Press', custom_id: `press:${number}` }] }]
          : [],
    }),
  });
}

const page = await startPage({ sandbox, guild, people: [{ name: 'Ada', timeZone: 'UTC' }] });
const started = performance.now();
const { tab } = await visit(page.url);
await tab.getByText(`Message ${messageCount} `).waitFor();
const shownMs = performance.now() - started;
const scroll = `async (element, frames) => {
  const times = [];
  let last = await new Promise(requestAnimationFrame);
  const step = Math.ceil(element.scrollHeight / frames);
  element.scrollTop = element.scrollHeight;
  for (let frame = 0; frame < frames; frame += 1) {
    element.scrollTop -= step;
    const now = await new Promise(requestAnimationFrame);
    times.push(now - last);
    last = now;
  }
  return times;
}`;
const ours = (await tab.evaluate(`(${scroll})(document.querySelector('.messages'), ${framesToMeasure})`)) as number[];

const plain = await (await openBrowser()).newPage();
await plain.setContent(
  `<div id="list" style="height:700px;overflow:auto">${'<p>A plain paragraph</p>'.repeat(messageCount)}</div>`,
);
const yardstick = (await plain.evaluate(
  `(${scroll})(document.querySelector('#list'), ${framesToMeasure})`,
)) as number[];

console.log(`1,000 messages are on the screen ${Math.round(shownMs)} ms after the address was opened.`);
report('messages ', ours);
report('paragraphs', yardstick);
await closeBrowser();
await page.close();
await sandbox.close();

function report(what: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) => (sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(1);
  const slow = times.filter((time) => time > 50).length;
  console.log(
    `${what}  frame p50 ${at(0.5)} ms · p95 ${at(0.95)} ms · p99 ${at(0.99)} ms · over 50 ms: ${slow} of ${times.length}`,
  );
}
