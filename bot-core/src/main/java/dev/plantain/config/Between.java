package dev.plantain.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The least and the greatest value of a setting, both allowed, as an operator would write them. For
 * numbers, durations and byte counts; what depends on several settings is checked by the record's
 * compact constructor.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Between {
  String least();

  String most();
}
