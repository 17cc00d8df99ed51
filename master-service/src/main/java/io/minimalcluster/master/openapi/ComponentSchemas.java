package io.minimalcluster.master.openapi;

import io.minimalcluster.model.worker.Heartbeat;
import io.minimalcluster.model.worker.NewWorker;
import io.minimalcluster.model.worker.PollRequest;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.Schema;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The schemas of bodies. {@code openapi/components/schemas.yaml} describes the members of records, and has the schemas
 * of bodies that the master reads or writes as a stream.
 */
final class ComponentSchemas {
    /** Request bodies that springdoc does not find, because a resolver of this project reads them. */
    private static final List<Class<?>> RECORDS = List.of(NewWorker.class, PollRequest.class, Heartbeat.class);

    /** The entry with descriptions of members for all schemas, such as {@code createdAt}. */
    private static final String COMMON = "common";

    /** The key for a schema whose members an entry has too. */
    private static final String MEMBERS_OF = "members-of";

    private final Map<String, Map<String, Object>> entries;

    ComponentSchemas() throws IOException {
        this.entries = DescriptionFile.read("openapi/components/schemas.yaml");
    }

    void addTo(Components components) {
        RECORDS.forEach(type -> ModelConverters.getInstance(true).readAll(type).forEach(components::addSchemas));
        entries.forEach((name, entry) -> {
            if (!name.equals(COMMON)) {
                add(components, name, entry);
            }
        });
        components.getSchemas().values().forEach(this::describeCommonMembers);
        components.setSchemas(new TreeMap<>(components.getSchemas()));
    }

    /** Adds an entry to the schema of its name, or creates the schema. */
    private static void add(Components components, String name, Map<String, Object> entry) {
        Map<String, Object> own = new LinkedHashMap<>(entry);
        Map<?, ?> members = own.remove("properties") instanceof Map<?, ?> map ? map : Map.of();
        Object membersOf = own.remove(MEMBERS_OF);
        Schema<?> given = schema(own);
        Schema<?> known = components.getSchemas().get(name);
        if (known == null) {
            components.addSchemas(name, given);
            known = given;
        }
        known.setDescription(given.getDescription());
        if (given.getRequired() != null) {
            known.setRequired(given.getRequired());
        }
        if (membersOf != null) {
            schemaOf(components, membersOf).getProperties().forEach(known::addProperty);
        }
        for (Map.Entry<?, ?> member : members.entrySet()) {
            describe(known, String.valueOf(member.getKey()), member.getValue());
        }
    }

    private static Schema<?> schemaOf(Components components, Object name) {
        Schema<?> schema = components.getSchemas().get(name.toString());
        if (schema == null) {
            throw new IllegalStateException("There is no schema " + name);
        }
        return schema;
    }

    /** @param about the description of a member that the record has, or a whole schema */
    private static void describe(Schema<?> model, String name, Object about) {
        if (!(about instanceof String description)) {
            model.addProperty(name, schema(about));
            return;
        }
        Schema<?> member =
                model.getProperties() == null ? null : model.getProperties().get(name);
        if (member == null) {
            throw new IllegalStateException("No record has the described member " + name);
        }
        member.setDescription(description);
    }

    private void describeCommonMembers(Schema<?> model) {
        if (model.getProperties() != null) {
            model.getProperties().forEach((name, member) -> {
                Object description = entries.getOrDefault(COMMON, Map.of()).get(name);
                if (member.getDescription() == null && description != null) {
                    member.setDescription(description.toString());
                }
            });
        }
    }

    /** Converts a schema as it is written in a file. */
    static Schema<?> schema(Object written) {
        return Json31.mapper().convertValue(written, Schema.class);
    }
}
