// The MDN HTTP Observatory's tests on a server of this machine, as JSON.
//   node look.mjs NAME HTTP-PORT HTTPS-PORT PATH
// Its own program takes no ports, and lists that it fetches while it is installed are not there:
// nothing of ours is in them.
import dns from 'node:dns';
import fs from 'node:fs';
import path from 'node:path';

const [name, httpPort, httpsPort, at] = process.argv.slice(2);
const loopback = [{ address: '127.0.0.1', family: 4 }];
const lookup = dns.lookup;
dns.lookup = (host, options, done) => {
  if (host !== name) return lookup(host, options, done);
  const answer = typeof options === 'function' ? options : done;
  return options.all ? answer(null, loopback) : answer(null, loopback[0].address, 4);
};

const root = path.resolve('node_modules/@mdn/mdn-http-observatory');
for (const [file, empty] of [['hsts-preload.json', '{}'], ['tld-list.json', '[]']]) {
  const place = path.join(root, 'conf', file);
  if (!fs.existsSync(place)) fs.writeFileSync(place, empty);
}
const { retrieve } = await import(path.join(root, 'src/retriever/retriever.js'));
const { ALL_TESTS } = await import(path.join(root, 'src/constants.js'));
const grader = await import(path.join(root, 'src/grader/grader.js'));
const seen = await retrieve(name, { httpPort: +httpPort, httpsPort: +httpsPort, path: at });
if (!seen.responses.auto) throw new Error('the server did not answer');
let base = 100;
let extra = 0;
const faults = [];
for (const test of ALL_TESTS) {
  const found = test(seen);
  const points = found.result ? grader.getScoreModifier(found.result) : 0;
  if (points < 0) faults.push(found.result);
  if (points < 0) base += points;
  else extra += points;
}
const score = base >= 90 ? base + extra : base;
console.log(JSON.stringify({ score, grade: grader.getGradeForScore(score).grade, faults }));
