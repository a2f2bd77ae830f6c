// Owns when a form's fields show their errors: on leaving a field and on sending, never while typing.
import type { FormEvent } from 'react';
import { useRef, useState } from 'react';

type Checks<Field extends string> = { [field in Field]: (value: string) => string | null };

export function useFormErrors<Field extends string>(checks: Checks<Field>) {
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState<{ [field in Field]?: string | null }>({});
  const fields = Object.keys(checks) as Field[];
  const typedIn = (field: Field) => {
    const input = form.current?.elements.namedItem(field);
    return input instanceof HTMLInputElement ? input.value : '';
  };

  const focusFirst = (wrong: Field | undefined) => {
    const input = wrong && form.current?.elements.namedItem(wrong);
    if (input instanceof HTMLInputElement) input.focus();
  };
  /** The values when all of them hold; otherwise the focus is on the first that does not. */
  const submit = (event: FormEvent): { [field in Field]: string } | null => {
    event.preventDefault();
    const found = Object.fromEntries(fields.map((field) => [field, checks[field](typedIn(field))])) as typeof errors;
    setErrors(found);
    const wrong = fields.find((field) => found[field]);
    focusFirst(wrong);
    return wrong ? null : (Object.fromEntries(fields.map((field) => [field, typedIn(field)])) as { [field in Field]: string });
  };
  const fieldProps = (field: Field) => ({
    name: field,
    error: errors[field] ?? null,
    // An empty field that one only passes through is no mistake yet.
    onBlur: () => setErrors((before) => ({ ...before, [field]: typedIn(field) ? checks[field](typedIn(field)) : null })),
    onChange: () => setErrors((before) => (before[field] ? { ...before, [field]: null } : before)),
  });
  const refuseField = (field: Field, message: string) => {
    setErrors((before) => ({ ...before, [field]: message }));
    focusFirst(field);
  };
  return { form, submit, fieldProps, refuseField };
}

export const looksLikeEmail = (value: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value.trim());
