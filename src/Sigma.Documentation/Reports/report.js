(() => {
  'use strict';
  const input = document.getElementById('filter');
  const shown = document.getElementById('shown');
  const buttons = [...document.querySelectorAll('#levels button')];
  const rows = [...document.querySelectorAll('#matches tbody tr')].map(row => ({ row, level: row.dataset.level, text: '' }));

  function apply() {
    const words = input.value.toLowerCase().split(/\s+/).filter(word => word);
    const levels = new Set(buttons.filter(button => button.getAttribute('aria-pressed') === 'true').map(button => button.value));
    let count = 0;
    for (const one of rows) {
      one.text ||= one.row.textContent.toLowerCase();
      const fits = (levels.size === 0 || levels.has(one.level)) && words.every(word => one.text.includes(word));
      one.row.hidden = !fits;
      count += fits ? 1 : 0;
    }
    shown.textContent = count === rows.length ? `${count} lines` : `${count} of ${rows.length} lines`;
  }

  input.addEventListener('input', apply);
  for (const button of buttons) {
    button.addEventListener('click', () => {
      button.setAttribute('aria-pressed', button.getAttribute('aria-pressed') === 'true' ? 'false' : 'true');
      apply();
    });
  }
  for (const pick of document.querySelectorAll('.pick')) {
    pick.addEventListener('click', () => {
      input.value = pick.textContent;
      apply();
      document.getElementById('matches').scrollIntoView();
    });
  }
  document.addEventListener('keydown', event => {
    if (event.key === '/' && document.activeElement !== input) {
      event.preventDefault();
      input.focus();
    } else if (event.key === 'Escape' && document.activeElement === input) {
      input.value = '';
      apply();
    }
  });
})();
