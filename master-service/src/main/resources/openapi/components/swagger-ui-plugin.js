// A plugin of Swagger UI: shows JSON with the digits that were sent, and keeps the key while the tab is open.
const minimalclusterPlugin = (() => {
  const KEPT = 'minimalcluster.authorized';
  const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;

  // Indents JSON text. JSON.parse would round integers above 2^53.
  const indented = json => {
    let depth = 0;
    let previous = '';
    return (json.match(TOKEN) ?? []).reduce((text, token) => {
      const opens = previous === '{' || previous === '[';
      const closes = token === '}' || token === ']';
      depth += opens - closes;
      const breaks = previous === ',' || opens !== closes && (opens || closes);
      const space = breaks ? '\n' + '  '.repeat(depth) : previous === ':' ? ' ' : '';
      previous = token;
      return text + space + token;
    }, '');
  };

  const isJson = text => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };

  return () => ({
    wrapComponents: {
      responseBody: (Original, system) => props => {
        const { React, getComponent } = system;
        if (!/json/i.test(props.contentType) || typeof props.content !== 'string' || !isJson(props.content)) {
          return React.createElement(Original, props);
        }
        return React.createElement('div', null,
          React.createElement('h5', null, 'Response body'),
          React.createElement(getComponent('HighlightCode', true),
            { language: 'json', downloadable: true, canCopy: true, fileName: 'response.json' },
            indented(props.content)));
      },
    },
    statePlugins: {
      auth: {
        wrapActions: {
          persistAuthorizationIfNeeded: (original, system) => () =>
            sessionStorage.setItem(KEPT, JSON.stringify(system.authSelectors.authorized().toJS())),
        },
      },
      configs: {
        wrapActions: {
          loaded: (original, system) => action => {
            const result = original(action);
            const kept = sessionStorage.getItem(KEPT);
            if (kept) {
              system.authActions.restoreAuthorization({ authorized: JSON.parse(kept) });
            }
            return result;
          },
        },
      },
    },
  });
})();

