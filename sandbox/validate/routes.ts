/**
 * Which requests Discord knows, and the check for the body of each. The npm package has no such table at run time, only
 * the TypeScript interface `Paths`: the table is read from the source of that interface.
 */
import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import * as exported from 'discord-api-spec/zod';
import type { $ZodType } from 'zod/v4/core';
import { inlineBodies } from './bodies.ts';
import { compile, type Check } from './shapes.ts';

export interface Route {
  /** Method and path with named parameters, for example `GET /channels/{channel_id}`. */
  readonly template: string;
  /** Checks the shape of the body; undefined where there is none, or none is described. */
  readonly check: Check | undefined;
}

interface Node {
  readonly literal: Map<string, Node>;
  parameter?: Node;
  readonly methods: Map<string, Route>;
}

/** Bodies for which the document offers several schemas without a rule which one is meant. */
const chosenSchemas: Readonly<Record<string, string>> = {
  'POST /webhooks/{webhook_id}/{webhook_token}': 'IncomingWebhookRequestPartial',
};

const schemas = exported as unknown as Readonly<Record<string, $ZodType | undefined>>;
const root: Node = readRoutes(readSpecification());

/** The route that a request goes to. `path` is without `/api/v10`; a query string is overlooked. */
export function findRoute(method: string, path: string): Route | undefined {
  const question = path.indexOf('?');
  const segments = (question < 0 ? path : path.slice(0, question)).split('/').slice(1);
  return findBelow(root, segments, 0, method.toUpperCase());
}

/** A literal segment such as `@me` goes before a parameter; where that leads nowhere, the parameter is tried. */
function findBelow(node: Node, segments: readonly string[], index: number, method: string): Route | undefined {
  const segment = segments[index];
  if (segment === undefined) return node.methods.get(method);
  const literal = node.literal.get(segment);
  const found = literal && findBelow(literal, segments, index + 1, method);
  if (found || segment === '' || !node.parameter) return found;
  return findBelow(node.parameter, segments, index + 1, method);
}

function readSpecification(): string {
  const manifest = findPackageJSON('discord-api-spec', import.meta.url);
  if (!manifest) throw new Error('The package discord-api-spec is not installed');
  const source = readFileSync(join(dirname(manifest), 'build', 'discord-api-spec.ts'), 'utf8');
  const start = source.indexOf('export interface Paths {');
  if (start < 0) throw new Error('discord-api-spec has no interface Paths any more');
  return source.slice(start, source.indexOf('\n}', start));
}

/** The interface is generated and formatted: two spaces before a path, four before a method, six before a body. */
function readRoutes(paths: string): Node {
  const tree = newNode();
  let path = '';
  let method = '';
  const matches = paths.matchAll(
    /^ {2}"(\/.*)": \{$|^ {4}(get|put|post|patch|delete): \{$|^ {6}requestBody\??:([^;{]*)/gm,
  );
  for (const [, pathFound, methodFound, bodyFound] of matches) {
    if (pathFound !== undefined) path = pathFound;
    else if (methodFound !== undefined) method = methodFound.toUpperCase();
    else if (bodyFound !== undefined) addRoute(tree, method, path, bodyFound);
  }
  return tree;
}

function addRoute(tree: Node, method: string, path: string, bodyType: string): void {
  let node = tree;
  for (const segment of path.split('/').slice(1)) {
    if (segment.startsWith('{')) {
      node = node.parameter ??= newNode();
    } else {
      let next = node.literal.get(segment);
      if (!next) node.literal.set(segment, (next = newNode()));
      node = next;
    }
  }
  const template = `${method} ${path}`;
  let check: Check | undefined;
  let resolved = false;
  node.methods.set(method, {
    template,
    // Compiled on the first request: a bot uses a tenth of the routes.
    get check() {
      if (!resolved) check = checkFor(template, bodyType);
      resolved = true;
      return check;
    },
  });
}

function checkFor(template: string, bodyType: string): Check | undefined {
  const inline = Object.entries(inlineBodies).find(([key]) => key === template)?.[1];
  if (inline) return compile(inline);
  const names = chosenSchemas[template] ?? bodyType;
  const alternatives = [...names.matchAll(/([A-Z]\w*)(\[\])?/g)].map(([, name, list]) => {
    const schema = schemas[`${name}Schema`];
    if (!schema) throw new Error(`discord-api-spec has no schema ${name}`);
    return list ? z.array(schema) : schema;
  });
  if (alternatives.length === 0) return undefined;
  return compile(alternatives.length === 1 ? alternatives[0]! : z.union(alternatives as [$ZodType, ...$ZodType[]]));
}

function newNode(): Node {
  return { literal: new Map(), methods: new Map() };
}
