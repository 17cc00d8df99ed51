/** A Java editor: CodeMirror in a shadow root, whose style sheets the Content-Security-Policy allows. */

import { autocompletion, closeBrackets, closeBracketsKeymap, completeAnyWord, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { java } from '@codemirror/lang-java';
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { EditorState, Prec } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Colours come from the page, so they change with it. */
const THEME = EditorView.theme({
  '&': { color: 'var(--text)', backgroundColor: 'var(--field)', border: '1px solid var(--line)', borderRadius: '6px', fontSize: '13.5px' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace', minHeight: '19rem', maxHeight: '34rem', lineHeight: '1.5' },
  '.cm-gutters': { backgroundColor: 'var(--back)', color: 'var(--quiet)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--accent) 7%, transparent)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'color-mix(in srgb, var(--accent) 28%, transparent)' },
  '.cm-tooltip': { backgroundColor: 'var(--card)', color: 'var(--text)', border: '1px solid var(--line)', borderRadius: '6px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--accent-text)' },
  // in place of the images of CodeMirror, which the Content-Security-Policy does not allow
  '.cm-lintRange': { backgroundImage: 'none', paddingBottom: '0' },
  '.cm-lintRange-error': { textDecoration: 'underline wavy var(--bad) 1.5px', backgroundImage: 'none' },
  '.cm-lintRange-warning': { textDecoration: 'underline wavy var(--warn) 1.5px', backgroundImage: 'none' },
  '.cm-lintRange-info, .cm-lintRange-hint': { textDecoration: 'underline dotted var(--quiet)', backgroundImage: 'none' },
  '.cm-gutter-lint .cm-lint-marker': { content: 'normal', width: '.6em', height: '.6em', margin: '.45em .2em', borderRadius: '50%', backgroundColor: 'var(--quiet)' },
  '.cm-gutter-lint .cm-lint-marker-error': { backgroundColor: 'var(--bad)' },
  '.cm-gutter-lint .cm-lint-marker-warning': { backgroundColor: 'var(--warn)' },
  '.cm-diagnostic': { fontFamily: 'system-ui, sans-serif', whiteSpace: 'pre-wrap', maxWidth: '36rem' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--warn)' },
});

const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.definitionKeyword], color: 'var(--code-keyword)' },
  { tag: [tags.string, tags.character], color: 'var(--code-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--code-number)' },
  { tag: [tags.comment, tags.lineComment, tags.blockComment], color: 'var(--quiet)', fontStyle: 'italic' },
  { tag: [tags.typeName, tags.standard(tags.typeName), tags.className], color: 'var(--code-type)' },
  { tag: [tags.annotation, tags.meta], color: 'var(--quiet)' },
]);

/** The position of a line and a column, which count from 1 and may lie beyond the text. */
function position(text, line, column) {
  const found = text.line(Math.min(Math.max(1, line), text.lines));
  return Math.min(found.to, found.from + Math.max(0, column - 1));
}

/** A diagnostic of javac as one of CodeMirror; it marks the word at its position. */
function marked(state, diagnostic) {
  const from = position(state.doc, diagnostic.line, diagnostic.column);
  const word = state.wordAt(from);
  const to = word && word.to > from ? word.to : Math.min(state.doc.lineAt(from).to, from + 1);
  const severity = { error: 'error', warning: 'warning' }[diagnostic.severity] || 'info';
  return { from, to, severity, message: diagnostic.message };
}

/**
 * Creates an editor.
 * @param {{changed: function(string): void, run: function(): void}} listener `changed` gets the text after each change
 */
export function javaEditor(listener) {
  const element = document.createElement('div');
  element.className = 'editor';
  const root = element.attachShadow({ mode: 'open' });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      extensions: [
        Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => { listener.run(); return true; } }])),
        lineNumbers(), lintGutter(), highlightActiveLine(), highlightActiveLineGutter(), history(), drawSelection(),
        java(), indentUnit.of('    '), indentOnInput(), bracketMatching(), closeBrackets(),
        autocompletion({ override: [completeAnyWord] }),
        syntaxHighlighting(COLOURS), THEME,
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...lintKeymap, ...completionKeymap, indentWithTab]),
        EditorView.contentAttributes.of({ 'aria-label': 'Java source', spellcheck: 'false' }),
        EditorView.updateListener.of((update) => { if (update.docChanged) listener.changed(update.state.doc.toString()); }),
      ],
    }),
  });
  return {
    element,
    text: () => view.state.doc.toString(),
    /** Replaces the text. */
    load: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    /** Shows the diagnostics of javac in place. */
    show: (diagnostics) => view.dispatch(setDiagnostics(view.state, diagnostics.map((each) => marked(view.state, each)))),
    /** Goes to a diagnostic. */
    goTo(diagnostic) {
      const anchor = position(view.state.doc, diagnostic.line, diagnostic.column);
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}
