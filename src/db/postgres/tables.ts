/** Says what migrations say in PostgreSQL's words. */
import {
  type ColumnDefinitionNode,
  type CreateTableNode,
  DataTypeNode,
  type KyselyPlugin,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  RawNode,
  type RootOperationNode,
  type UnknownRow,
} from 'kysely';

/** Tables are strict there without a word, and text is ordered by its bytes only when told so, as SQLite does it. */
class TableTransformer extends OperationNodeTransformer {
  protected override transformCreateTable(node: CreateTableNode): CreateTableNode {
    const { endModifiers: _, ...table } = super.transformCreateTable(node);
    return table;
  }

  protected override transformColumnDefinition(node: ColumnDefinitionNode): ColumnDefinitionNode {
    const column = super.transformColumnDefinition(node);
    return DataTypeNode.is(column.dataType) && column.dataType.dataType === 'text'
      ? { ...column, dataType: RawNode.createWithSql('text collate "C"') }
      : column;
  }
}

/** Lets the migrations, which are written once, make the same tables on PostgreSQL. */
export class PortableTables implements KyselyPlugin {
  readonly #tables = new TableTransformer();

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    const isTable = node.kind === 'CreateTableNode' || node.kind === 'AlterTableNode';
    return isTable ? this.#tables.transformNode(node, queryId) : node;
  }

  transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return Promise.resolve(result);
  }
}
