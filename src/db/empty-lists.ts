import { type BinaryOperationNode, OperatorNode, PrimitiveValueListNode, ValueListNode } from 'kysely';

/**
 * What a comparison with an empty list comes to: nothing is in it, and everything is not. PostgreSQL takes no such list,
 * and SQLite goes through the table for it. Undefined for every other comparison.
 */
export function emptyListAs({ rightOperand: list, operator }: BinaryOperationNode): 'true' | 'false' | undefined {
  const isEmpty = (PrimitiveValueListNode.is(list) || ValueListNode.is(list)) && list.values.length === 0;
  if (!isEmpty || !OperatorNode.is(operator)) return undefined;
  return operator.operator === 'not in' ? 'true' : 'false';
}
