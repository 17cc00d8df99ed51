package io.minimalcluster.master.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names query parameters that a handler accepts in addition to its declared ones. {@code label.*} allows a prefix. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface AdditionalQueryParameters {
    String[] value();
}
