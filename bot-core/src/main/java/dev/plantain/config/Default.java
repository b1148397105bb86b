package dev.plantain.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a setting that nobody sets, as an operator would write it: {@code 60 min}. The items
 * of a list are separated by commas; the empty text is an empty list. A setting with neither this
 * nor the type {@code Optional} must be set.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
  String value();
}
