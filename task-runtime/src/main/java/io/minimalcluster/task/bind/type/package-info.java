/**
 * JSON of Java types other than the scalars that are read from bytes: the configuration of Jackson, and the readers and
 * writers of user classes. Every message about an argument is written here, none by Jackson.
 */
@NullMarked
package io.minimalcluster.task.bind.type;

import org.jspecify.annotations.NullMarked;
