// poolifier-web-worker 0.5 takes a worker for no browser, because it looks for `window`. Must be imported before it.
Object.assign(globalThis, { window: globalThis });
