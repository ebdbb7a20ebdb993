import type { AttributeReference, Condition, Scalar } from './conditions.ts';

/** The changes of an update: attributes to set, numbers to add, attributes to remove. */
export interface Changes {
  readonly set?: Readonly<Record<string, unknown>>;
  readonly add?: Readonly<Record<string, number>>;
  readonly remove?: readonly string[];
}

/**
 * Collects the names and values of one request. Every name goes through a token, so none clashes with a reserved word.
 */
export class Expression {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, unknown> = {};
  #count = 0;

  path(path: string): string {
    return path
      .split('.')
      .map((name) => {
        let token = `#${name.replace(/\W/g, '_')}`;
        while (this.names[token] !== undefined && this.names[token] !== name) token += '_';
        this.names[token] = name;
        return token;
      })
      .join('.');
  }

  value(value: unknown): string {
    const token = `:v${++this.#count}`;
    this.values[token] = value;
    return token;
  }

  condition(condition: Condition): string {
    switch (condition.kind) {
      case 'compare': {
        const right = isReference(condition.value) ? this.path(condition.value.attribute) : this.value(condition.value);
        return `${this.path(condition.path)} ${condition.with} ${right}`;
      }
      case 'exists':
        return `attribute_exists(${this.path(condition.path)})`;
      case 'absent':
        return `attribute_not_exists(${this.path(condition.path)})`;
      default: {
        const [first, ...others] = condition.of;
        // DynamoDB refuses parentheses around parentheses.
        if (first && others.length === 0) return this.condition(first);
        const parts = condition.of.map((part) => `(${this.condition(part)})`);
        return parts.join(condition.kind === 'any' ? ' OR ' : ' AND ');
      }
    }
  }

  update(changes: Changes): string {
    const sets = Object.entries(changes.set ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([path, value]) => `${this.path(path)} = ${this.value(value)}`);
    const adds = Object.entries(changes.add ?? {}).map(([path, by]) => `${this.path(path)} ${this.value(by)}`);
    const removes = (changes.remove ?? []).map((path) => this.path(path));
    return [
      sets.length > 0 ? `SET ${sets.join(', ')}` : '',
      adds.length > 0 ? `ADD ${adds.join(', ')}` : '',
      removes.length > 0 ? `REMOVE ${removes.join(', ')}` : '',
    ]
      .filter(Boolean)
      .join(' ');
  }

  /** The request fields for names and values. Empty ones are left out, because DynamoDB refuses empty maps. */
  attributes() {
    return {
      ...(Object.keys(this.names).length > 0 ? { ExpressionAttributeNames: this.names } : {}),
      ...(Object.keys(this.values).length > 0 ? { ExpressionAttributeValues: this.values } : {}),
    };
  }
}

const isReference = (value: Scalar | AttributeReference): value is AttributeReference => typeof value === 'object';
