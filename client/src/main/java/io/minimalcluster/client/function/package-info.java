/**
 * The types that name remote code in the calls of users: serialisable functions and operators, and references to
 * generic types.
 */
@NullMarked
package io.minimalcluster.client.function;

import org.jspecify.annotations.NullMarked;
