'use strict';

// The record is data: everything of it goes into the page as text, never as markup.
const record = JSON.parse(document.getElementById('record').textContent);
const sides = ['client', 'server'];
const svgName = 'http://www.w3.org/2000/svg';

const words = {
  en: {
    ladder: 'Ladder', states: 'States', variables: 'Changed variables', steps: 'All steps',
    transport: 'Step through the connection', first: 'To the start (Home)', back: 'Back (Left)',
    play: 'Play (P)', next: 'Next (Space, Right)', last: 'To the end (End)', position: 'Step',
    client: 'client', server: 'server', lost: 'lost', again: (n) => `again: ${n}`,
    step: (n, all) => `Step ${n} of ${all}`, start: 'Before the first step',
    hint: 'Space or Right: next step. Left: back. P: play.',
    cut: (shown, all) => `The page shows the first ${shown} of ${all} packets.`,
    noPacket: 'No packet at this step', packet: (n) => `Packet ${n}`, noFlag: 'no flag',
    octets: (shown, all) => `${shown} of ${all} octets`, guessed: 'The states are a guess here.',
    saw: (side, label) => `The ${side} sends ${label}.`,
    sent: (side, label) => `The ${side} sends ${label}.`,
    arrived: (side, label) => `${label} arrives at the ${side}.`,
    lostSentence: (side, label) => `${label} of the ${side} is lost on the way.`,
    discarded: (side, label) => `The ${side} does not take ${label}.`,
    entered: (side, from, to) => `The ${side}: ${from} → ${to}`,
    called: (side, text) => `The ${side}'s program calls ${text}.`,
    returned: (side, text) => `At the ${side}, ${text} returns.`,
    fired: (side, timer) => `The ${side}'s ${timer} timer runs out.`,
    timers: {},
  },
  zh: {
    ladder: '梯形图', states: '状态', variables: '改变的变量', steps: '所有步',
    transport: '单步查看连接', first: '回到开头（Home）', back: '后退（←）',
    play: '播放（P）', next: '单步（空格、→）', last: '到结尾（End）', position: '步',
    client: '客户端', server: '服务器', lost: '丢失', again: (n) => `重传 ${n}`,
    step: (n, all) => `第 ${n} 步，共 ${all} 步`, start: '第一步之前',
    hint: '空格或 →：下一步。←：后退。P：播放。',
    cut: (shown, all) => `本页只显示前 ${shown} 个报文，共 ${all} 个。`,
    noPacket: '这一步没有报文', packet: (n) => `报文 ${n}`, noFlag: '没有控制位',
    octets: (shown, all) => `共 ${all} 字节，显示 ${shown} 字节`, guessed: '这里的状态是推断的。',
    saw: (side, label) => `${side}发送 ${label}。`,
    sent: (side, label) => `${side}发送 ${label}。`,
    arrived: (side, label) => `${label} 到达${side}。`,
    lostSentence: (side, label) => `${side}发送的 ${label} 在途中丢失。`,
    discarded: (side, label) => `${side}不接受 ${label}。`,
    entered: (side, from, to) => `${side}：${from} → ${to}`,
    called: (side, text) => `${side}的应用进程调用 ${text}。`,
    returned: (side, text) => `${side}的 ${text} 返回。`,
    fired: (side, timer) => `${side}的${timer}超时。`,
    timers: {
      retransmission: '重传计时器', persist: '持续计时器', 'time-wait': '时间等待计时器',
      'delayed-ack': '推迟确认计时器', 'keep-alive': '保活计时器',
      user: '用户超时计时器', 'fin-wait-2': 'FIN-WAIT-2 计时器',
    },
  },
};

// Three columns: who closes first goes down on the left, who closes second on the right.
const grid = [
  'LISTEN', 'CLOSED', null,
  'SYN-RECEIVED', null, 'SYN-SENT',
  null, 'ESTABLISHED', null,
  'FIN-WAIT-1', 'CLOSING', 'CLOSE-WAIT',
  'FIN-WAIT-2', 'TIME-WAIT', 'LAST-ACK',
];

let language = record.language;
let at = 0;
let playing = null;

const say = (key, ...rest) => {
  const word = words[language][key];
  return typeof word === 'function' ? word(...rest) : word;
};
const textOf = (text) => (text ? text[language] : '');
const nameOf = (side) => say(sides[side]);
const timerOf = (timer) => words[language].timers[timer] || timer;
const packetOf = new Map(record.packets.map((packet) => [packet.number, packet]));
const labelOf = (number) => {
  const packet = packetOf.get(number);
  return packet ? packet.flags || say('noFlag') : `#${number}`;
};
const roleOf = (state) => `var(--${record.states[state].role})`;

function seconds(time) {
  const size = Math.abs(time);
  return `${time.toFixed(size < 100 ? 3 : size < 1000 ? 2 : 1)} s`;
}

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function draw(name, attributes, text) {
  const element = document.createElementNS(svgName, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

const entriesAt = new Map();
for (const entry of record.entries) {
  if (!entriesAt.has(entry.moment)) entriesAt.set(entry.moment, []);
  entriesAt.get(entry.moment).push(entry);
}
const seenAt = new Map();
for (const packet of record.packets) if (packet.seen) seenAt.set(packet.seen.moment, packet);

function timeAt(moment) {
  let time = 0;
  for (let m = 1; m <= moment; m += 1) {
    if (seenAt.has(m)) time = seenAt.get(m).seen.at;
    const entries = entriesAt.get(m);
    if (entries) time = Math.max(time, entries[0].at);
  }
  return time;
}

function statesAt(moment) {
  const states = [...record.initial];
  for (const entry of record.entries) {
    if (entry.moment > moment) break;
    if (entry.what === 'entered') states[entry.side] = entry.to;
  }
  return states;
}

function packetAt(moment) {
  if (seenAt.has(moment)) return seenAt.get(moment);
  const entries = entriesAt.get(moment) || [];
  for (const what of ['sent', 'arrived', 'lost']) {
    const found = entries.find((entry) => entry.what === what);
    if (found) return packetOf.get(found.packet);
  }
  return undefined;
}

function sentenceOf(entry) {
  const side = nameOf(entry.side);
  switch (entry.what) {
    case 'sent': return say('sent', side, labelOf(entry.packet));
    case 'arrived': return say('arrived', side, labelOf(entry.packet));
    case 'lost': return say('lostSentence', side, labelOf(entry.packet));
    case 'discarded': return say('discarded', side, labelOf(entry.packet));
    case 'entered': return say('entered', side, entry.from, entry.to);
    case 'called': return say('called', side, entry.text);
    case 'returned':
      return say('returned', side, entry.result ? `${entry.text} = ${entry.result}` : entry.text);
    case 'fired': return say('fired', side, timerOf(entry.timer));
    default: return '';
  }
}

function sentencesAt(moment) {
  const sentences = [];
  const seen = seenAt.get(moment);
  if (seen) sentences.push({ text: say('saw', nameOf(seen.from), labelOf(seen.number)) });
  for (const entry of entriesAt.get(moment) || []) {
    const text = sentenceOf(entry);
    if (text) sentences.push({ text, clause: entry.clause });
  }
  return sentences;
}

// The ladder: a row for each thing that is seen, the same height each, and an arrow from where a
// packet left to where it arrived.
const ladder = document.getElementById('ladder');
const rowHeight = 30;
const pause = 0.5;
let rows = new Map();  // Where a moment ends.
let drawn = { parts: [], lines: new Map(), strip: null };  // What a step changes.

function placed() {
  const places = { departs: new Map(), ends: new Map(), beside: [], pauses: [], height: 0 };
  let y = 34;
  let before = null;
  rows = new Map([[0, y]]);
  for (let moment = 1; moment <= record.moments; moment += 1) {
    const entries = entriesAt.get(moment) || [];
    const seen = seenAt.get(moment);
    const time = seen ? seen.seen.at : entries.length ? entries[0].at : before;
    if (before !== null && time - before >= pause) {
      places.pauses.push({ y: y + 19, text: `⋮ ${seconds(time - before)}` });
      y += 24;
    }
    if (time !== null) before = time;
    const top = y;
    const used = [0, 0];
    let arrows = 0;
    if (seen) {
      places.departs.set(seen.number, top + rowHeight - 4);
      places.ends.set(seen.number, top + rowHeight + 4);
      arrows = 1;
    }
    for (const entry of entries) {
      if (entry.what === 'sent') {
        arrows += 1;
        places.departs.set(entry.packet, top + arrows * rowHeight);
      } else if (entry.what === 'arrived' || entry.what === 'lost') {
        arrows = Math.max(arrows, 1);
        if (!places.ends.has(entry.packet)) places.ends.set(entry.packet, top + rowHeight);
      } else if (entry.what === 'entered' || entry.what === 'called' || entry.what === 'returned') {
        const lines = entry.what === 'entered' && language === 'zh' ? 2 : 1;
        const waited = entry.what === 'returned' &&
            !entries.some((other) => other.what === 'called' && other.call === entry.call);
        const merged = entry.what === 'called' &&
            entries.find((other) => other.what === 'returned' && other.call === entry.call);
        if (entry.what === 'returned' && !waited) continue;
        const result = merged || (waited ? entry : null);
        const text = entry.what === 'entered' ? entry.to
          : result && result.result ? `${entry.text} = ${result.result}` : entry.text;
        places.beside.push({
          moment, side: entry.side, y: top + used[entry.side] + rowHeight + 4, text,
          state: entry.what === 'entered',
        });
        used[entry.side] += lines * 15;
      }
    }
    y = Math.max(y, top + arrows * rowHeight, top + Math.max(...used) + (Math.max(...used) ? 8 : 0));
    rows.set(moment, y);
  }
  places.height = y + 26;
  return places;
}

function bandsOf(side, bottom) {
  const bands = [{ state: record.initial[side], from: 14, moment: 0 }];
  for (const entry of record.entries) {
    if (entry.what !== 'entered' || entry.side !== side) continue;
    const y = rows.get(entry.moment - 1) + rowHeight;
    bands[bands.length - 1].to = y;
    bands.push({ state: entry.to, from: y, moment: entry.moment });
  }
  bands[bands.length - 1].to = bottom;
  return bands;
}

function drawArrow(packet, places, columns) {
  const from = packet.from === 0 ? columns.left + 10 : columns.right - 10;
  const to = packet.from === 0 ? columns.right - 10 : columns.left + 10;
  const y1 = places.departs.get(packet.number);
  if (y1 === undefined) return null;
  const y2 = places.ends.has(packet.number) ? places.ends.get(packet.number) : y1 + 10;
  const share = packet.lost ? 0.6 : 1;
  const x = from + (to - from) * share;
  const y = y1 + (y2 - y1) * share;
  const sighting = packet.departed || packet.seen;
  const group = draw('g', { class: 'packet', 'data-moment': sighting.moment });
  const marked = packet.retransmissionOf || packet.findings;
  const colour = packet.lost ? 'var(--fault)' : marked ? 'var(--opening)' : 'var(--text)';
  group.append(draw('line', { x1: from, y1, x2: x, y2: y, stroke: 'transparent', 'stroke-width': 16 }));
  const line = draw('line', { x1: from, y1, x2: x, y2: y, stroke: colour });
  drawn.lines.set(packet, line);
  group.append(line);
  if (packet.lost) {
    group.append(draw('path', {
      d: `M${x - 5} ${y - 5}l10 10m0 -10l-10 10`, stroke: 'var(--fault)', 'stroke-width': 2.2,
    }));
  } else {
    const angle = Math.atan2(y - y1, x - from);
    const tip = (turn) => `${x - 9 * Math.cos(angle + turn)} ${y - 9 * Math.sin(angle + turn)}`;
    group.append(draw('path', { d: `M${x} ${y}L${tip(0.4)}L${tip(-0.4)}Z`, fill: colour }));
  }
  const room = columns.right - columns.left - 36;
  const flags = packet.flags || say('noFlag');
  const note = packet.lost ? say('lost')
    : packet.retransmissionOf ? say('again', packet.retransmissionOf)
      : (packet.findings || []).map(({ name }) => name).join(' ');
  const numbers = [
    packet.ack === null ? `seq=${packet.seq}` : `seq=${packet.seq} ack=${packet.ack}`,
    `seq=${packet.seq}`, ''].map((form) => [form, packet.len && form ? `len=${packet.len}` : '', note]
    .filter(Boolean).join(' '));
  const fits = (form) => (flags.length + form.length + 1) * 6.7 <= room;
  const numbersText = numbers.find(fits) || '';
  const middle = { x: (from + x) / 2, y: (y1 + y) / 2 };
  const slope = Math.atan((y - y1) / (x - from)) * 180 / Math.PI;
  const label = draw('text', {
    x: middle.x, y: middle.y - 6, transform: `rotate(${slope} ${middle.x} ${middle.y})`, 'text-anchor': 'middle', 'font-size': 11,
    fill: 'var(--text)', 'paint-order': 'stroke', stroke: 'var(--page)', 'stroke-width': 3,
  });
  label.append(draw('tspan', { 'font-weight': 700 }, flags));
  label.append(draw('tspan', { fill: packet.lost ? 'var(--fault-text)' : 'var(--dim)' },
    ` ${numbersText}`));
  group.append(label);
  drawn.parts.push([group, sighting.moment]);
  group.addEventListener('click', () => go(sighting.moment));
  return group;
}

function drawBeside(item, columns, narrow, svg) {
  const left = item.side === 0;
  const x = left ? columns.left - 8 : columns.right + 8;
  const anchor = left ? 'end' : 'start';
  const size = narrow ? 10 : 12;
  const most = Math.floor((columns.gutter - 12) / (size * 0.61));
  const text = item.text.length > most ? `${item.text.slice(0, most - 1)}…` : item.text;
  const element = draw('text', {
    x, y: item.y, 'text-anchor': anchor, 'font-size': size,
    'font-weight': item.state ? 700 : 400, fill: item.state ? 'var(--text)' : 'var(--link)',
  }, text);
  if (text !== item.text) element.append(draw('title', {}, item.text));
  svg.append(element);
  drawn.parts.push([element, item.moment]);
  if (item.state && language === 'zh') {
    const gloss = draw('text', {
      x, y: item.y + 14, 'text-anchor': anchor, 'font-size': size, fill: 'var(--dim)',
    }, record.states[item.text].gloss);
    svg.append(gloss);
    drawn.parts.push([gloss, item.moment]);
  }
}

function drawLadder() {
  const width = Math.max(ladder.clientWidth, 320);
  const narrow = width < 520;
  const gutter = narrow ? 88 : Math.min(190, width * 0.22);
  const time = narrow ? 0 : 62;
  const columns = { left: time + gutter, right: width - gutter, gutter };
  const places = placed();
  const svg = draw('svg', {
    width, height: places.height, class: 'mono', role: 'img', 'aria-label': say('ladder'),
  });
  drawn = { parts: [], lines: new Map(), strip: draw('rect', { x: 0, width, fill: 'var(--selection)' }) };
  svg.append(drawn.strip);
  for (const side of [0, 1]) {
    for (const band of bandsOf(side, places.height)) {
      const thin = band.state === 'CLOSED';
      const x = side === 0 ? columns.left : columns.right - 10;
      const part = draw('rect', {
        x: thin ? x + 4 : x, y: band.from, width: thin ? 2 : 10, height: Math.max(band.to - band.from, 0),
        fill: roleOf(band.state),
      });
      svg.append(part);
      drawn.parts.push([part, band.moment]);
    }
    drawBeside({ side, moment: 0, y: 18, text: record.initial[side], state: true }, columns, narrow, svg);
  }
  for (const one of places.pauses) {
    svg.append(draw('text', {
      x: (columns.left + columns.right) / 2, y: one.y, 'text-anchor': 'middle', 'font-size': 11,
      fill: 'var(--dim)',
    }, one.text));
  }
  for (const packet of record.packets) {
    const arrow = drawArrow(packet, places, columns);
    if (!arrow) continue;
    svg.append(arrow);
    const sighting = packet.departed || packet.seen;
    if (time) {
      arrow.append(draw('text', {
        x: 52, y: places.departs.get(packet.number) + 4, 'text-anchor': 'end', 'font-size': 11,
        fill: 'var(--dim)',
      }, seconds(sighting.at).replace(' s', '')));
    }
  }
  for (const item of places.beside) drawBeside(item, columns, narrow, svg);
  ladder.replaceChildren(svg);
  markLadder();
}

// What is yet to come is pale, and the arrow of the step is thick.
function markLadder() {
  for (const [part, moment] of drawn.parts) part.classList.toggle('later', moment > at);
  const chosen = packetAt(at);
  for (const [packet, line] of drawn.lines) {
    line.setAttribute('stroke-width', packet === chosen ? 2.6 : 1.5);
  }
  const cursor = rows.get(at);
  const top = at > 0 ? rows.get(at - 1) + 8 : 0;
  drawn.strip.setAttribute('y', top);
  drawn.strip.setAttribute('height', Math.max(cursor - top + 10, 0));
  ladder.scrollTop = Math.max(cursor - ladder.clientHeight * 0.6, 0);
}

function showWhy() {
  const heading = at === 0 ? say('start')
    : `${say('step', at, record.moments)} · ${seconds(timeAt(at))}`;
  document.getElementById('step-title').textContent = heading;
  const box = document.getElementById('sentences');
  box.replaceChildren();
  if (at === 0) {
    if (record.notes) box.append(make('p', { class: 'notes' }, textOf(record.notes).trim()));
    if (record.packets.length < record.packetsInAll) {
      box.append(make('p', {}, say('cut', record.packets.length, record.packetsInAll)));
    }
    box.append(make('p', { class: 'dim' }, say('hint')));
    return;
  }
  const told = new Set();
  for (const { text, clause } of sentencesAt(at)) {
    box.append(make('p', {}, text));
    if (clause === undefined || told.has(clause)) continue;
    told.add(clause);
    const { citation, says } = record.clauses[clause];
    box.append(make('p', { class: 'clause' }, make('b', {}, citation), textOf(says)));
  }
  const packet = packetAt(at);
  for (const { name, meaning } of (packet && packet.findings) || []) {
    const found = make('p', { class: 'finding' }, make('b', { class: 'mono' }, name));
    found.append(` ${textOf(record.texts[meaning])}`);
    box.append(found);
  }
  if (packet && !packet.certain) box.append(make('p', { class: 'dim' }, say('guessed')));
}

function showStates() {
  const now = statesAt(at);
  const visited = new Set(record.initial);
  for (const entry of record.entries)
    if (entry.what === 'entered' && entry.moment <= at) visited.add(entry.to);
  const list = document.getElementById('states');
  list.replaceChildren();
  for (const state of grid) {
    if (state === null) {
      list.append(make('li', { 'aria-hidden': 'true', style: 'visibility: hidden' }));
      continue;
    }
    const item = make('li', { style: `--role: ${roleOf(state)}` }, state);
    if (visited.has(state)) item.classList.add('visited');
    sides.forEach((side, index) => {
      if (now[index] !== state) return;
      item.classList.add('current');
      item.append(make('span', { class: `token ${side}`, role: 'img', 'aria-label': say(side) }));
    });
    item.title = textOf(record.states[state].meaning);
    list.append(item);
  }
  const meaning = document.getElementById('meaning');
  meaning.replaceChildren();
  sides.forEach((side, index) => {
    const { gloss, meaning: means } = record.states[now[index]];
    const name = language === 'zh' ? `${now[index]}（${gloss}）` : now[index];
    meaning.append(make('span', { class: `key ${side}`, 'aria-hidden': 'true' }),
      `${say(side)}${language === 'zh' ? '：' : ': '}${name}${language === 'zh' ? '，' : ', '}${textOf(means)}`,
      make('br'));
  });
}

function rowsOf(field, inside, body) {
  const row = make('tr', {}, make('td', {}, textOf(record.texts[field.name])), make('td', { class: 'mono' }, field.value));
  row.title = textOf(record.texts[field.meaning]);
  if (field.wrong) row.classList.add('wrong');
  if (inside) row.classList.add('inside');
  if (field.remark) row.lastChild.append(make('div', { class: 'dim' }, textOf(field.remark)));
  body.append(row);
  for (const child of field.children || []) rowsOf(child, true, body);
}

function hexOf(octets) {
  const lines = [];
  for (let i = 0; i < octets.length; i += 32) {
    const pairs = octets.slice(i, i + 32).match(/../g);
    const letters = pairs.map((pair) => {
      const code = parseInt(pair, 16);
      return code > 31 && code < 127 ? String.fromCharCode(code) : '.';
    });
    lines.push(`${(i / 2).toString(16).padStart(4, '0')}  ${pairs.join(' ').padEnd(47)}  ${letters.join('')}`);
  }
  return lines.join('\n');
}

let openLayers = new Set();
function showPacket() {
  const packet = packetAt(at);
  const title = document.getElementById('packet-title');
  const layers = document.getElementById('layers');
  layers.replaceChildren();
  if (!packet) {
    title.textContent = say('noPacket');
    return;
  }
  title.textContent = `${say('packet', packet.number)} · ${packet.label}`;
  packet.layers.forEach((layer, index) => {
    const name = layer.title.en;
    const details = make('details', { class: 'layer' });
    details.open = openLayers.has(name) || (openLayers.size === 0 && name.startsWith('Transmission'));
    details.append(make('summary', {}, `${textOf(layer.title)} `, make('span', {}, textOf(layer.summary))));
    const body = make('tbody');
    for (const field of layer.fields) rowsOf(field, false, body);
    details.append(make('table', {}, body));
    details.addEventListener('toggle', () => {
      if (details.open) openLayers.add(name); else openLayers.delete(name);
    });
    layers.append(details);
  });
  layers.append(make('pre', { class: 'mono', tabindex: '0' }, hexOf(packet.octets)));
  if (packet.octets.length / 2 < packet.length) {
    layers.append(make('p', { class: 'dim' }, say('octets', packet.octets.length / 2, packet.length)));
  }
}

function showVariables() {
  const changes = (entriesAt.get(at) || []).filter((entry) => entry.what === 'changed');
  const body = document.getElementById('changes');
  body.replaceChildren(...changes.map((entry) => make('tr', {},
    make('td', {}, `${nameOf(entry.side)} ${entry.variable}`), make('td', {}, `${entry.before} → ${entry.after}`))));
  document.getElementById('variables').hidden = changes.length === 0;
}

function showSteps() {
  const list = document.getElementById('steps');
  if (list.children.length === 0) {
    for (let moment = 1; moment <= record.moments; moment += 1) {
      const first = sentencesAt(moment).slice(0, 2).map(({ text }) => text).join(' ');
      const button = make('button', { type: 'button' }, `${moment}  ${first}`);
      button.addEventListener('click', () => go(moment));
      list.append(make('li', {}, button));
    }
  }
  for (const item of list.children) item.firstChild.removeAttribute('aria-current');
  if (at > 0) list.children[at - 1].firstChild.setAttribute('aria-current', 'step');
}

function show() {
  markLadder();
  showWhy();
  showStates();
  showPacket();
  showVariables();
  if (document.getElementById('all-steps').open) showSteps();
  const position = document.getElementById('position');
  position.value = at;
  position.setAttribute('aria-valuetext', say('step', at, record.moments));
  document.getElementById('place').replaceChildren(`${at} / ${record.moments} `,
    make('span', {}, seconds(timeAt(at))));
  for (const id of ['first', 'back']) document.getElementById(id).disabled = at === 0;
  for (const id of ['next', 'last']) document.getElementById(id).disabled = at === record.moments;
}

function go(moment) {
  at = Math.max(0, Math.min(record.moments, moment));
  show();
}

function play(on) {
  clearInterval(playing);
  playing = null;
  if (on && at === record.moments) go(0);
  if (on) {
    playing = setInterval(() => {
      go(at + 1);
      if (at === record.moments) play(false);
    }, 900);
  }
  document.getElementById('play').setAttribute('aria-pressed', String(on));
}

function nextChange(direction) {
  const changes = record.entries.filter((entry) => entry.what === 'entered').map((entry) => entry.moment);
  const found = direction > 0 ? changes.find((moment) => moment > at)
    : changes.reverse().find((moment) => moment < at);
  go(found === undefined ? (direction > 0 ? record.moments : 0) : found);
}

function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen === 'zh' ? 'zh-CN' : 'en';
  document.title = `${textOf(record.title)} – tcplab`;
  document.getElementById('title').textContent = textOf(record.title);
  document.getElementById('subject').textContent = record.subject;
  document.getElementById('subject').hidden = !record.subject;
  document.querySelectorAll('#ends span').forEach((span, index) => {
    span.textContent = `${say(sides[index])} ${record.ends[index]}`;
  });
  for (const element of document.querySelectorAll('[data-say]')) element.textContent = say(element.dataset.say);
  for (const element of document.querySelectorAll('[data-label]')) {
    element.setAttribute('aria-label', say(element.dataset.label));
    element.title = say(element.dataset.label);
  }
  for (const button of document.querySelectorAll('[data-language]')) {
    button.setAttribute('aria-pressed', String(button.dataset.language === chosen));
  }
  document.getElementById('steps').replaceChildren();
  drawLadder();
  show();
}

const keys = {
  ArrowRight: () => go(at + 1), ArrowLeft: () => go(at - 1), ' ': () => go(at + 1),
  Home: () => go(0), End: () => go(record.moments), p: () => play(!playing),
  PageDown: () => nextChange(1), PageUp: () => nextChange(-1),
};
document.addEventListener('keydown', (event) => {
  const spaceIsTaken = event.key === ' ' && event.target.closest('button, summary');
  if (event.ctrlKey || event.metaKey || event.altKey || spaceIsTaken || event.target.id === 'position') return;
  if (!keys[event.key]) return;
  event.preventDefault();
  if (event.key !== 'p') play(false);
  keys[event.key]();
});
const buttons = {
  first: () => go(0), back: () => go(at - 1), next: () => go(at + 1), last: () => go(record.moments),
};
for (const [id, action] of Object.entries(buttons)) {
  document.getElementById(id).addEventListener('click', () => { play(false); action(); });
}
document.getElementById('play').addEventListener('click', () => play(!playing));
const position = document.getElementById('position');
position.max = record.moments;
position.addEventListener('input', () => go(Number(position.value)));
document.getElementById('all-steps').addEventListener('toggle', showSteps);
for (const button of document.querySelectorAll('[data-language]')) {
  button.addEventListener('click', () => speak(button.dataset.language));
}
new ResizeObserver(drawLadder).observe(ladder);
at = Math.min(Number((/^#step=(\d+)$/.exec(location.hash) || [])[1]) || 0, record.moments);
speak(language);
