import {
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import type { ProjectDocuments } from "./read-documents.js";

/** One step of the way from the data of a response to a field. */
export interface FieldStep {
  /** The name in the response: the alias, where there is one. */
  readonly key: string;
  /** Whether the object that has the field can be one of several types, of which not all have it. */
  readonly isOfUnion: boolean;
}

/** A field that an operation selects. */
export interface SelectedField {
  readonly node: FieldNode;
  readonly steps: readonly FieldStep[];
  /** Whether a list is on the way: the field then occurs several times in a response. */
  readonly isInList: boolean;
  /** Whether its own value is a list. */
  readonly isList: boolean;
  /** The fields that it selects, those of fragments included. */
  readonly fields: readonly SelectedField[];
}

interface Place {
  readonly typeName: string;
  readonly steps: readonly FieldStep[];
  readonly isInList: boolean;
}

/** The fields of an operation by their places in its response, with the fragments resolved. */
export function selectedFields(
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  { fragments }: ProjectDocuments,
): readonly SelectedField[] {
  const fieldOf = (typeName: string, name: string): GraphQLField<unknown, unknown> | undefined => {
    const type = schema.getType(typeName);
    return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
  };
  const read = (selections: SelectionSetNode, place: Place, isOfUnion: boolean): readonly SelectedField[] =>
    selections.selections.flatMap((selection) => {
      if (selection.kind !== Kind.FIELD) {
        const part = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
        if (part === undefined) return [];
        const typeName = part.typeCondition?.name.value ?? place.typeName;
        const isNarrowed = typeName !== place.typeName && isAbstractType(schema.getType(place.typeName));
        return read(part.selectionSet, { ...place, typeName }, isOfUnion || isNarrowed);
      }
      const type = fieldOf(place.typeName, selection.name.value)?.type;
      if (type === undefined) return [];
      const steps = [...place.steps, { key: (selection.alias ?? selection.name).value, isOfUnion }];
      const isList = isListType(getNullableType(type));
      const inner = { typeName: getNamedType(type).name, steps, isInList: place.isInList || isList };
      const fields = selection.selectionSet ? read(selection.selectionSet, inner, false) : [];
      return [{ node: selection, steps, isInList: place.isInList, isList, fields }];
    });
  const root = schema.getRootType(operation.operation);
  if (!root) return [];
  return read(operation.selectionSet, { typeName: root.name, steps: [], isInList: false }, false);
}
