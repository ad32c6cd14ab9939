/* What the site does besides being read. Every page is complete without it; nothing leaves the page. */
'use strict';
(() => {
  const memory = {
    get(key) { try { return localStorage.getItem('sigmac.' + key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem('sigmac.' + key, value); } catch { /* Private windows keep nothing. */ } },
  };

  // Before anything is painted, so that a dark page does not flash.
  const themes = ['auto', 'light', 'dark'];
  let theme = themes.includes(memory.get('theme')) ? memory.get('theme') : 'auto';
  document.documentElement.dataset.theme = theme;

  const unseen = /([\p{Cf}\u2028\u2029\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\u{e0000}-\u{e0fff}])/u;

  /** A text as children of an element: a character that has no glyph, or turns the direction of writing, stands in an element that shows it. */
  const shown = (child) => typeof child !== 'string' || !unseen.test(child) ? [child]
    : child.split(unseen).map((part, i) => {
      if (i % 2 === 0) return part;
      const mark = document.createElement('span');
      mark.className = 'unseen';
      mark.dataset.code = part.codePointAt(0).toString(16);
      mark.textContent = part;
      return mark;
    });

  /** Makes an element: its attributes (a function is a listener), then its children, of which a text stays a text. */
  const make = (name, attributes = {}, ...children) => {
    const svg = name === 'svg' || name === 'path' || name === 'circle';
    const element = svg ? document.createElementNS('http://www.w3.org/2000/svg', name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === 'function') element.addEventListener(key, value);
      else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
    }
    element.append(...children.flatMap(shown));
    return element;
  };

  /** Notes how long a search took, for whoever looks into the browser's timings. */
  const measure = (start) => {
    performance.clearMeasures('sigmac.search');
    performance.measure('sigmac.search', { start, end: performance.now() });
  };

  let announcer;
  const announce = (text) => { announcer.textContent = text; };
  let root = '';

  // The theme.

  const themeButton = () => {
    const icons = {
      auto: () => [make('circle', { cx: 12, cy: 12, r: 8 }), make('path', { d: 'M12 4a8 8 0 0 1 0 16z', fill: 'currentColor' })],
      light: () => [make('circle', { cx: 12, cy: 12, r: 4 }), make('path', { d: 'M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2' })],
      dark: () => [make('path', { d: 'M20 14A8.5 8.5 0 0 1 10 4a8 8 0 1 0 10 10z' })],
    };
    const button = make('button', { type: 'button', class: 'button theme', click() {
      theme = themes[(themes.indexOf(theme) + 1) % themes.length];
      document.documentElement.dataset.theme = theme;
      memory.set('theme', theme);
      show();
      announce('Theme: ' + theme);
    } });
    const show = () => {
      button.setAttribute('aria-label', 'Theme: ' + theme);
      button.title = 'Theme: ' + theme;
      button.replaceChildren(make('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, ...icons[theme]()));
    };
    show();
    return button;
  };

  // The index. A page opened from a disk cannot fetch, but it can load a script.

  const levels = ['none', 'informational', 'low', 'medium', 'high', 'critical'];
  const statuses = ['none', 'unsupported', 'deprecated', 'experimental', 'test', 'stable'];
  let loading;
  const load = () => loading ??= new Promise((resolve, reject) => {
    document.head.append(make('script', {
      src: root + 'assets/index.js',
      load: () => resolve(prepare(window.sigmacIndex)),
      error: () => { loading = undefined; reject(new Error('the index cannot be loaded')); },
    }));
  });

  const lower = (list) => list.map((text) => text.toLowerCase());
  const prepare = (data) => ({
    data,
    lists: { source: lower(data.sources), author: lower(data.authors), tag: lower(data.tags), field: lower(data.fields), product: lower(data.products), finding: lower(data.codes) },
    rules: data.rules.map(([title, page, level, status, product, source, author, id, tags, fields, changed, findings], order) => ({
      title, page, level, status, product, source, author, id, tags, fields, changed, findings, order,
      text: title.toLowerCase(), key: id.toLowerCase(), name: page.toLowerCase(),
    })),
  });

  // The search. All words must be found, each anywhere; the better the places, the higher the rule.

  const inner = /[\p{L}\p{N}]/u;
  /** How well a word fits a text: 0 not at all, 1 inside a word, 2 at the start of one, 3 wholly. */
  const fit = (text, word) => {
    let best = 0;
    for (let at = text.indexOf(word); at >= 0 && best < 3; at = text.indexOf(word, at + 1)) {
      const start = at === 0 || !inner.test(text[at - 1]);
      const end = at + word.length === text.length || !inner.test(text[at + word.length]);
      best = Math.max(best, start ? (end ? 3 : 2) : 1);
    }
    return best;
  };

  const places = ['title', 'id', 'tag', 'field', 'source', 'author', 'name', 'finding'];
  const parse = (query) => [...query.toLowerCase().matchAll(/(?:(\w+):)?(?:"([^"]*)"?|(\S+))/g)].map(([all, place, quoted, word]) => {
    const known = places.includes(place);
    return { place: known ? place : undefined, word: known || quoted !== undefined ? quoted ?? word : all };
  }).filter(({ word }) => word);

  const weights = { title: [0, 20, 45, 60], id: [0, 5, 40, 90], name: [0, 8, 12, 14], tag: [0, 10, 25, 40], field: [0, 6, 14, 24], source: [0, 8, 16, 22], author: [0, 4, 10, 14], finding: [0, 2, 6, 10] };

  const search = ({ lists, rules }, query, filters) => {
    // What many rules share is compared once: each list's entries get their weight for each word.
    const words = parse(query).map(({ place, word }) => {
      const of = (name) => !place || place === name;
      const table = (name) => lists[name].map((text) => of(name) ? weights[name][fit(text, word)] : 0);
      return { word, of, tag: table('tag'), field: table('field'), source: table('source'), author: table('author'), finding: table('finding') };
    });
    const found = [];
    for (const rule of rules) {
      if (filters.level.size && !filters.level.has(levels[rule.level])) continue;
      if (filters.status && filters.status !== statuses[rule.status]) continue;
      if (filters.product && filters.product !== lists.product[rule.product]) continue;
      let score = 0;
      for (const { word, of, tag, field, source, author, finding } of words) {
        let best = Math.max(source[rule.source], author[rule.author]);
        for (const t of rule.tags) if (tag[t] > best) best = tag[t];
        for (const f of rule.fields) if (field[f] > best) best = field[f];
        for (const f of rule.findings) if (finding[f] > best) best = finding[f];
        if (of('title')) best = Math.max(best, weights.title[fit(rule.text, word)] + (rule.text.startsWith(word) ? 8 : 0));
        if (of('id')) best = Math.max(best, weights.id[fit(rule.key, word)]);
        if (of('name')) best = Math.max(best, weights.name[fit(rule.name, word)]);
        if (best === 0) { score = -1; break; }
        score += best;
      }
      if (score >= 0) found.push([words.length ? score + rule.level : 0, rule]);
    }
    return found.sort((a, b) => b[0] - a[0] || a[1].order - b[1].order).map(([, rule]) => rule);
  };

  const none = { level: new Set(), status: '', product: '' };

  /** A text in which the words that were searched for are marked. */
  const marked = (text, query) => {
    const words = parse(query).map(({ word }) => word).filter((word) => word.length > 1).sort((a, b) => b.length - a.length);
    const plain = text.toLowerCase();
    const parts = [];
    let from = 0;
    for (let at = 0; at < text.length;) {
      const word = plain.length === text.length && words.find((w) => plain.startsWith(w, at));
      if (word) {
        parts.push(text.slice(from, at), make('mark', {}, text.slice(at, at + word.length)));
        from = at += word.length;
      } else at++;
    }
    return [...parts, text.slice(from)];
  };

  const badge = (rule) => make('span', { class: 'badge lv-' + levels[rule.level] }, rule.level ? levels[rule.level] : 'no level');
  const address = (rule) => root + 'rules/' + rule.page + '.html';
  const lines = (index, rule, query) => [
    make('span', { class: 'rt' }, ...marked(rule.title, query)),
    make('span', { class: 'rs' }, ...marked(index.data.sources[rule.source], query), rule.changed ? ' · ' + rule.changed : ''),
  ];

  // The box in the frame of every page.

  const searchBox = () => {
    const shown = 8;
    let hits = [];
    let selected = -1;
    let index;
    const list = make('ul', { id: 'hits', role: 'listbox', 'aria-label': 'Rules found', class: 'hits', hidden: true });
    const input = make('input', {
      type: 'search', id: 'search', placeholder: 'Search rules', 'aria-label': 'Search rules', autocomplete: 'off', spellcheck: 'false',
      role: 'combobox', 'aria-expanded': 'false', 'aria-controls': 'hits', 'aria-autocomplete': 'list', 'aria-keyshortcuts': '/',
      focus() { load().then((i) => { index = i; }, () => announce('The search index cannot be loaded')); },
      input() { load().then((i) => { index = i; fill(); }, () => {}); },
      keydown(event) {
        if (event.key === 'Escape') { if (list.hidden) input.value = ''; close(); event.preventDefault(); }
        else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
          event.preventDefault();
          if (list.hidden) fill();
          else select((selected + (event.key === 'ArrowDown' ? 1 : -1) + list.children.length + 1) % (list.children.length + 1));
        } else if (event.key === 'Enter' && input.value.trim()) { event.preventDefault(); open(selected); }
      },
      blur() { setTimeout(close, 120); },
    });
    const close = () => { list.hidden = true; input.setAttribute('aria-expanded', 'false'); input.removeAttribute('aria-activedescendant'); };
    // One past the last option is the box itself.
    const select = (at) => {
      selected = at >= list.children.length ? -1 : at;
      [...list.children].forEach((option, i) => option.setAttribute('aria-selected', String(i === selected)));
      if (selected < 0) input.removeAttribute('aria-activedescendant');
      else { input.setAttribute('aria-activedescendant', list.children[selected].id); list.children[selected].scrollIntoView({ block: 'nearest' }); }
    };
    const all = () => root + 'rules.html#' + new URLSearchParams({ q: input.value.trim() });
    const open = (at) => { location.href = at >= 0 && at < hits.length ? address(hits[at]) : all(); };
    const fill = () => {
      const query = input.value.trim();
      if (!query || !index) { close(); return; }
      const start = performance.now();
      const found = search(index, query, none);
      hits = found.slice(0, shown);
      const rows = hits.map((rule) => [...lines(index, rule, query)]);
      if (found.length !== hits.length || !hits.length) rows.push([make('span', { class: 'rs' }, found.length ? `All ${found.length} rules` : 'No rule has all of these words')]);
      list.replaceChildren(...rows.map((row, i) => make('li', { role: 'option', id: 'hit-' + i, 'aria-selected': 'false', mousedown(event) { event.preventDefault(); open(i); } }, ...row)));
      list.hidden = false;
      input.setAttribute('aria-expanded', 'true');
      select(-1);
      measure(start);
      announce(found.length === 1 ? '1 rule' : found.length + ' rules');
    };
    return make('div', { class: 'search', role: 'search' }, input, list);
  };

  // The page of all rules.

  const finder = (host) => {
    const step = 60;
    let index;
    let shown = step;
    let waiting;
    const filters = { level: new Set(), status: '', product: '' };
    const input = make('input', {
      type: 'search', id: 'search', placeholder: 'Title, tag, field, log source, id or author', 'aria-label': 'Search rules', autocomplete: 'off', spellcheck: 'false', 'aria-keyshortcuts': '/',
      input() { shown = step; show(); remember(); },
      keydown(event) {
        const first = results.querySelector('a');
        if (event.key === 'ArrowDown' && first) { first.focus(); event.preventDefault(); }
        else if (event.key === 'Enter' && first) location.href = first.href;
        else if (event.key === 'Escape') { input.value = ''; shown = step; show(); remember(); }
      },
    });
    const chips = levels.slice(1).reverse().map((level) => make('button', { type: 'button', class: 'button', 'aria-pressed': 'false', 'data-level': level, click() {
      if (!filters.level.delete(level)) filters.level.add(level);
      change();
    } }, make('i', { class: 'dot lv-' + level }), level));
    const select = (name, label) => make('select', { 'aria-label': label, 'data-name': name, change(event) { filters[name] = event.target.value; change(); } }, make('option', { value: '' }, label));
    const products = select('product', 'All products');
    const kinds = select('status', 'All statuses');
    kinds.append(...statuses.slice(1).reverse().map((status) => make('option', { value: status }, status)));
    const clear = make('button', { type: 'button', class: 'button', click() { input.value = ''; filters.level.clear(); filters.status = filters.product = ''; change(); input.focus(); } }, 'Clear');
    const state = make('p', { class: 'state', role: 'status' }, 'Loading the index …');
    const results = make('ul', { class: 'rows', hidden: true, keydown(event) {
      const links = [...results.querySelectorAll('a')];
      const at = links.indexOf(document.activeElement);
      if (at < 0) return;
      if (event.key === 'ArrowDown') (links[at + 1] ?? links[at]).focus();
      else if (event.key === 'ArrowUp') (links[at - 1] ?? input).focus();
      else if (event.key === 'Home') links[0].focus();
      else if (event.key === 'End') links.at(-1).focus();
      else if (event.key === 'Escape') input.focus();
      else return;
      event.preventDefault();
    } });
    const more = make('button', { type: 'button', class: 'button', hidden: true, click() { const next = shown; shown += step * 4; show(); results.querySelectorAll('a')[next]?.focus(); } }, 'Show more');

    const change = () => { shown = step; reflect(); show(); remember(); };
    const reflect = () => {
      chips.forEach((chip) => chip.setAttribute('aria-pressed', String(filters.level.has(chip.dataset.level))));
      products.value = filters.product;
      kinds.value = filters.status;
    };
    const recall = () => {
      const hash = new URLSearchParams(location.hash.slice(1));
      input.value = hash.get('q') ?? '';
      filters.level = new Set((hash.get('level') ?? '').split(',').filter((level) => levels.includes(level)));
      filters.status = statuses.includes(hash.get('status')) ? hash.get('status') : '';
      const product = (hash.get('product') ?? '').toLowerCase();
      filters.product = index && !index.lists.product.includes(product) ? '' : product;
      shown = step;
      reflect();
    };
    const remember = () => {
      const hash = new URLSearchParams();
      if (input.value.trim()) hash.set('q', input.value.trim());
      if (filters.level.size) hash.set('level', [...filters.level].join());
      if (filters.status) hash.set('status', filters.status);
      if (filters.product) hash.set('product', filters.product);
      clearTimeout(waiting);
      // Browsers allow only so many changes of the address a second.
      waiting = setTimeout(() => history.replaceState(null, '', hash.size ? '#' + hash : location.pathname + location.search), 200);
    };
    const show = () => {
      if (!index) return;
      const start = performance.now();
      const query = input.value.trim();
      const found = search(index, query, filters);
      results.replaceChildren(...found.slice(0, shown).map((rule) => make('li', {}, make('a', { href: address(rule) }, ...lines(index, rule, query)), badge(rule))));
      results.hidden = !found.length;
      more.hidden = found.length <= shown;
      const filtered = query || filters.level.size || filters.status || filters.product;
      clear.hidden = !filtered;
      state.textContent = found.length ? `${found.length} of ${index.rules.length} rules` : 'No rule has all of this. Take a word or a filter away.';
      measure(start);
    };

    host.append(
      make('div', { class: 'finder', role: 'search' }, input, make('div', { class: 'filters' }, make('span', { class: 'filters', role: 'group', 'aria-label': 'Levels' }, ...chips), products, kinds, clear)),
      state, results, more);
    recall();
    addEventListener('hashchange', () => { recall(); show(); });
    load().then((loaded) => {
      index = loaded;
      products.append(...index.lists.product.filter((product) => product).sort().map((product) => make('option', { value: product }, product)));
      recall();
      show();
    }, () => { state.textContent = 'The search index, assets/index.js, cannot be loaded.'; });
  };

  // Copying.

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = make('textarea', { class: 'sr', 'aria-hidden': 'true', tabindex: '-1' });
      area.value = text;
      const before = document.activeElement;
      document.body.append(area);
      area.select();
      const done = document.execCommand('copy');
      area.remove();
      before?.focus();
      if (!done) throw new Error('the browser does not allow it');
    }
  };

  const copyButtons = () => document.querySelectorAll('pre.code').forEach((pre) => {
    const target = pre.closest('.query')?.dataset.name;
    const what = target ? target + ' query' : pre.closest('.examples') ? 'example' : 'rule';
    const button = make('button', { type: 'button', class: 'button', 'aria-label': `Copy the ${what}`, async click() {
      let said = 'Copied';
      try { await copy(pre.textContent); } catch { said = 'Not copied'; }
      button.textContent = said;
      announce(said);
      setTimeout(() => { button.textContent = 'Copy'; }, 1600);
    } }, 'Copy');
    const held = make('div', { class: 'held' });
    pre.replaceWith(held);
    held.append(pre, button);
  });

  // Tabs, made of the sections that stand below each other without a script.

  const tabs = (host) => {
    const panels = [...host.children];
    const list = make('div', { class: 'tablist', role: 'tablist', 'aria-label': host.dataset.label });
    const choose = (at, focus) => {
      panels.forEach((panel, i) => {
        panel.hidden = i !== at;
        buttons[i].setAttribute('aria-selected', String(i === at));
        buttons[i].tabIndex = i === at ? 0 : -1;
      });
      if (focus) { buttons[at].focus(); memory.set('target', panels[at].dataset.name); }
    };
    const buttons = panels.map((panel, at) => {
      panel.setAttribute('role', 'tabpanel');
      panel.setAttribute('aria-labelledby', 'tab-' + panel.id);
      const bad = panel.classList.contains('failed') ? 'failed' : panel.classList.contains('warned') ? 'warned' : '';
      return make('button', { type: 'button', role: 'tab', id: 'tab-' + panel.id, 'aria-controls': panel.id, class: bad,
        'aria-label': bad ? `${panel.dataset.name}, ${bad === 'failed' ? 'no query' : 'with warnings'}` : undefined, click() { choose(at, true); } }, panel.dataset.name);
    });
    list.addEventListener('keydown', (event) => {
      const at = buttons.indexOf(document.activeElement);
      const to = { ArrowRight: (at + 1) % buttons.length, ArrowLeft: (at + buttons.length - 1) % buttons.length, Home: 0, End: buttons.length - 1 }[event.key];
      if (to !== undefined) { event.preventDefault(); choose(to, true); }
    });
    list.append(...buttons);
    host.prepend(list);
    host.classList.add('ready');
    const named = () => panels.findIndex((panel) => '#' + panel.id === location.hash);
    addEventListener('hashchange', () => { if (named() >= 0) choose(named()); });
    const remembered = panels.findIndex((panel) => panel.dataset.name === memory.get('target'));
    choose(Math.max(0, named() >= 0 ? named() : remembered));
  };

  const matrix = (host, switches) => {
    const toggle = (text, act) => make('button', { type: 'button', class: 'button', 'aria-pressed': 'false', click(event) {
      const on = event.currentTarget.getAttribute('aria-pressed') !== 'true';
      event.currentTarget.setAttribute('aria-pressed', String(on));
      act(on);
    } }, text);
    switches.append(
      toggle('Only with rules', (on) => host.classList.toggle('covered', on)),
      toggle('Sub-techniques', (on) => host.querySelectorAll('details').forEach((details) => { details.open = on; })));
  };

  // The findings, by weight, group and words.

  const findings = (list, host) => {
    const rows = [...list.children];
    const filters = { severity: new Set(), group: '' };
    const severities = ['error', 'warning', 'info'].filter((name) => rows.some((row) => row.dataset.severity === name));
    const groups = [...new Set(rows.map((row) => row.dataset.group))].filter((name) => name).sort();
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const chips = severities.map((name) => make('button', { type: 'button', class: 'button', 'aria-pressed': 'false', 'data-name': name, click() {
      if (!filters.severity.delete(name)) filters.severity.add(name);
      change();
    } }, make('i', { class: 'dot sv-' + name }), name));
    const group = make('select', { 'aria-label': 'Group', change() { filters.group = group.value; change(); } },
      make('option', { value: '' }, 'All groups'), ...groups.map((name) => make('option', { value: name }, name)));
    const input = make('input', { type: 'search', placeholder: 'Code, name or message', 'aria-label': 'Filter findings', autocomplete: 'off', spellcheck: 'false', input() { change(); } });
    const state = make('p', { class: 'state', role: 'status' });
    const recall = () => {
      const hash = new URLSearchParams(location.hash.slice(1));
      filters.severity = new Set((hash.get('severity') ?? '').split(',').filter((name) => severities.includes(name)));
      filters.group = groups.includes(hash.get('group')) ? hash.get('group') : '';
      input.value = hash.get('q') ?? '';
    };
    const remember = () => {
      const hash = new URLSearchParams();
      if (input.value.trim()) hash.set('q', input.value.trim());
      if (filters.severity.size) hash.set('severity', [...filters.severity].join());
      if (filters.group) hash.set('group', filters.group);
      history.replaceState(null, '', hash.size ? '#' + hash : location.pathname + location.search);
    };
    const show = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter((word) => word);
      let shown = 0;
      rows.forEach((row, i) => {
        row.hidden = (filters.severity.size && !filters.severity.has(row.dataset.severity)) || (filters.group && filters.group !== row.dataset.group) || !words.every((word) => texts[i].includes(word));
        if (!row.hidden) shown++;
      });
      chips.forEach((chip) => chip.setAttribute('aria-pressed', String(filters.severity.has(chip.dataset.name))));
      group.value = filters.group;
      list.hidden = !shown;
      state.textContent = shown ? `${shown} of ${rows.length} codes` : 'No code has all of this. Take a word or a filter away.';
    };
    const change = () => { show(); remember(); };
    host.append(make('span', { class: 'filters', role: 'group', 'aria-label': 'Weights' }, ...chips), group, input);
    host.after(state);
    recall();
    show();
    addEventListener('hashchange', () => { recall(); show(); });
  };

  document.addEventListener('DOMContentLoaded', () => {
    const { body } = document;
    root = body.dataset.root;
    announcer = make('div', { class: 'sr', 'aria-live': 'polite' });
    body.append(announcer);
    const host = document.getElementById('finder');
    const tools = document.querySelector('.tools');
    if (host) finder(host);
    else tools.append(searchBox());
    tools.append(themeButton());
    document.querySelectorAll('.tabs').forEach(tabs);
    copyButtons();
    const cells = document.querySelector('.matrix');
    if (cells) matrix(cells, document.querySelector('.switches'));
    const found = document.getElementById('findings');
    if (found?.matches('ul')) findings(found, document.getElementById('findings-filter'));
    document.addEventListener('keydown', (event) => {
      if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest('input, select, textarea')) {
        event.preventDefault();
        const box = document.getElementById('search');
        box.focus();
        box.select();
      }
    });
  });
})();
