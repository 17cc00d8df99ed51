package io.minimalcluster.master.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Marks the members of records in the OpenAPI document: required, or also null, or optional, as their nullness
 * annotations and the inclusion of null values say.
 */
final class RequiredMembers implements ModelConverter {
    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Schema resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        Class<?> resolved = Json.mapper().constructType(type.getType()).getRawClass();
        if (resolved.isRecord() && schema != null) {
            String reference = schema.get$ref();
            Schema<?> model = reference == null
                    ? schema
                    : context.getDefinedModels().get(reference.substring(reference.lastIndexOf('/') + 1));
            if (model != null && model.getProperties() != null) {
                for (RecordComponent member : resolved.getRecordComponents()) {
                    mark(model, member);
                }
            }
        }
        return schema;
    }

    private static void mark(Schema<?> model, RecordComponent member) {
        Schema<?> property = model.getProperties().get(member.getName());
        if (property == null) {
            return;
        }
        if (!member.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            List<String> required = model.getRequired();
            if (required == null || !required.contains(member.getName())) {
                model.addRequiredItem(member.getName());
            }
        } else if (isWrittenAsNull(member) && property.getTypes() != null) {
            property.addType("null");
        }
    }

    private static boolean isWrittenAsNull(RecordComponent member) {
        JsonInclude ofMember = member.getAccessor().getAnnotation(JsonInclude.class);
        JsonInclude ofRecord = member.getDeclaringRecord().getAnnotation(JsonInclude.class);
        JsonInclude found = ofMember == null ? ofRecord : ofMember;
        return found == null || found.value() != Include.NON_NULL;
    }
}
