/**
 * Ids and pages, which all calls share. The module contains wire records without logic, and every module may use it.
 */
@NullMarked
package io.minimalcluster.model;

import org.jspecify.annotations.NullMarked;
