package io.minimalcluster.client.json;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Reads a tree with all digits of its numbers, and with the sign of {@code -0.0}, which a BigDecimal has not. */
final class ExactNodeReader extends StdDeserializer<JsonNode> {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    ExactNodeReader() {
        super(JsonNode.class);
    }

    @Override
    public JsonNode getNullValue(DeserializationContext context) {
        return NODES.nullNode();
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
        return null; // a result has a value, an error or neither
    }

    @Override
    public JsonNode deserialize(JsonParser parser, DeserializationContext context) {
        return node(parser);
    }

    private static JsonNode node(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT -> NODES.numberNode(parser.getIntValue());
                    case LONG -> NODES.numberNode(parser.getLongValue());
                    default -> NODES.numberNode(parser.getBigIntegerValue());
                };
            case VALUE_NUMBER_FLOAT -> fraction(parser.getString());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> NODES.stringNode(parser.getString());
        };
    }

    private static JsonNode fraction(String number) {
        BigDecimal exact;
        try {
            exact = new BigDecimal(number);
        } catch (NumberFormatException _) { // the exponent exceeds 32 bits
            return NODES.rawValueNode(new RawValue(number));
        }
        return exact.signum() == 0 && number.startsWith("-") ? NODES.numberNode(-0.0) : NODES.numberNode(exact);
    }

    private static JsonNode object(JsonParser parser) {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            object.set(name, node(parser));
        }
        return object;
    }

    private static JsonNode array(JsonParser parser) {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(node(parser));
        }
        return array;
    }
}
