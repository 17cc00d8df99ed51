/**
 * Frequent calls without Spring MVC. A job of one task is five calls, and the dispatcher, its mappings, argument
 * resolvers and converters cost each of them more than the work itself.
 * {@link io.minimalcluster.master.http.direct.DirectCallFilter} makes a call in its plain form. Any other form of the
 * same call, such as one with a percent-encoded path, goes on to the handler of Spring MVC, which has the same answers.
 */
@NullMarked
package io.minimalcluster.master.http.direct;

import org.jspecify.annotations.NullMarked;
