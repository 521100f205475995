import { useEffect, useRef } from 'preact/hooks';
import { GROUP_TYPES } from '../../../core/cluster/group.ts';
import type { GroupEntry } from '../../answers/groups-answer.ts';
import type { Selection } from './select-groups.ts';

interface ToolbarProps {
  readonly selection: Selection;
  readonly entries: readonly GroupEntry[];
  readonly onSelect: (query: Readonly<Record<string, string>>) => void;
}

/** Search and filters. */
export function Toolbar({ selection, entries, onSelect }: ToolbarProps) {
  const present = GROUP_TYPES.filter(
    (type) => selection.types.includes(type) || entries.some((entry) => entry.type === type),
  );
  const isNarrowed = selection.search !== '' || selection.statuses.length > 0 || selection.types.length > 0;
  return (
    <search class="toolbar">
      <SearchField value={selection.search} onInput={(search) => onSelect({ search })} />
      {present.length > 1 && (
        <fieldset class="chips">
          <legend class="hidden">Group type</legend>
          {present.map((type) => {
            const isOn = selection.types.includes(type);
            const next = isOn ? selection.types.filter((other) => other !== type) : [...selection.types, type];
            return (
              <button key={type} type="button" aria-pressed={isOn} onClick={() => onSelect({ type: next.join(',') })}>
                {type}
              </button>
            );
          })}
        </fieldset>
      )}
      {isNarrowed && (
        <button type="button" class="quiet" onClick={() => onSelect({ search: '', status: '', type: '' })}>
          Show all
        </button>
      )}
    </search>
  );
}

function SearchField({ value, onInput }: { readonly value: string; readonly onInput: (search: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focusOnSlash = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      field.current?.focus();
      field.current?.select();
    };
    addEventListener('keydown', focusOnSlash);
    return () => removeEventListener('keydown', focusOnSlash);
  }, []);
  return (
    <label class="search">
      <span class="hidden">Search groups and topics</span>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M7 2a5 5 0 1 0 0 10A5 5 0 0 0 7 2zM10.8 10.8 14.5 14.5" />
      </svg>
      <input
        ref={field}
        type="search"
        placeholder="Search groups and topics"
        value={value}
        spellcheck={false}
        autocomplete="off"
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onInput('');
        }}
      />
      <kbd>/</kbd>
    </label>
  );
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
