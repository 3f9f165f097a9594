async function show() {
  const page = await (await fetch('/api/v1/entries')).json();
  const rows = page.entries.map(entry => {
    const row = document.createElement('tr');
    for (const text of [entry.name, entry.kind, entry.state, entry.accuracy ?? '']) {
      row.appendChild(document.createElement('td')).textContent = text;
    }
    return row;
  });
  document.getElementById('rows').replaceChildren(...rows);
}
new EventSource('/api/v1/changes').addEventListener('changes', show);
show();
