package io.minimalcluster.master.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names query parameters that a handler takes beside those it declares; {@code label.*} stands for all that begin so.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface AdditionalQueryParameters {
    String[] value();
}
