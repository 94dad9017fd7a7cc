"use strict";

function element(name, text, properties = {}) {
  const out = Object.assign(document.createElement(name), properties);
  if (text !== undefined) out.textContent = text;
  return out;
}

function labelled(name, input) {
  const label = element("label", name);
  label.append(input);
  return label;
}

// What is sent: the path with its parameters, the headers that were filled in, and the body.
async function send(path, method, fields, body) {
  let target = path;
  const query = new URLSearchParams();
  const headers = {};
  for (const { parameter, input } of fields) {
    if (input.value === "" && parameter.in !== "path") continue;
    if (parameter.in === "path") target = target.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
    else if (parameter.in === "query") query.set(parameter.name, input.value);
    else headers[parameter.name] = input.value;
  }
  if (body) headers["Content-Type"] = body.type.value;
  if ([...query].length > 0) target += `?${query}`;
  // Bytes are written as hexadecimal digits.
  const isBytes = body && body.type.value === "application/octet-stream";
  const digits = isBytes ? body.text.value.replace(/^0x|\s/g, "") : "";
  const content = isBytes ? Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16)) : body?.text.value;
  const response = await fetch(target, { method, headers, body: content });
  const type = response.headers.get("content-type") ?? "";
  const bytes = new Uint8Array(await response.arrayBuffer());
  let text = new TextDecoder().decode(bytes);
  if (/wasm|octet-stream/.test(type)) text = `${bytes.length} bytes`;
  if (type.startsWith("application/json") && text.length < 200000) text = JSON.stringify(JSON.parse(text), null, 2);
  return `${response.status} ${response.statusText}\n\n${text}`;
}

function operationView(path, method, operation) {
  const out = element("details");
  const head = element("summary");
  head.append(element("b", method.toUpperCase()), element("code", path), element("span", operation.summary));
  const inner = element("div");
  const fields = (operation.parameters ?? []).map((parameter) => ({ parameter, input: element("input") }));
  for (const { parameter, input } of fields) {
    input.required = parameter.required;
    inner.append(labelled(`${parameter.name} (${parameter.in}${parameter.required ? "" : ", may be left out"})`, input));
  }
  let body;
  if (operation.requestBody) {
    body = { type: element("select"), text: element("textarea", "", { rows: 4 }) };
    for (const type of Object.keys(operation.requestBody.content)) body.type.append(element("option", type));
    inner.append(labelled("type of the body", body.type), body.text);
  }
  const button = element("button", "Send");
  const answer = element("pre", undefined, { hidden: true });
  button.addEventListener("click", async () => {
    answer.hidden = false;
    answer.textContent = "…";
    try {
      answer.textContent = await send(path, method.toUpperCase(), fields, body);
    } catch (error) {
      answer.textContent = String(error);
    }
  });
  const table = element("table");
  for (const [status, response] of Object.entries(operation.responses)) {
    const row = table.insertRow();
    row.insertCell().textContent = status;
    row.insertCell().textContent = response.description;
    row.insertCell().textContent = Object.keys(response.content ?? {}).join(", ");
  }
  inner.append(button, answer, table);
  out.append(head, inner);
  out.dataset.text = `${method} ${path} ${operation.summary}`.toLowerCase();
  return out;
}

function show(documentOfApi) {
  document.getElementById("version").textContent = documentOfApi.info.version;
  const groups = new Map();
  for (const [path, methods] of Object.entries(documentOfApi.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags[0];
      if (!groups.has(tag)) groups.set(tag, []);
      groups.get(tag).push(operationView(path, method, operation));
    }
  }
  const main = document.getElementById("operations");
  main.replaceChildren();
  for (const [tag, views] of groups) {
    const section = element("section");
    section.append(element("h2", tag), ...views);
    main.append(section);
  }
  document.getElementById("filter").addEventListener("input", ({ target }) => {
    const words = target.value.toLowerCase().split(/\s+/);
    for (const section of main.children) {
      let any = false;
      for (const view of section.querySelectorAll("details")) {
        view.hidden = !words.every((word) => view.dataset.text.includes(word));
        any ||= !view.hidden;
      }
      section.hidden = !any;
    }
  });
}

fetch("/api-docs/openapi.json")
  .then((response) => response.json())
  .then(show)
  .catch((error) => {
    document.getElementById("operations").textContent = `The document cannot be read: ${error}`;
  });
