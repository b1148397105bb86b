/** The wires of OpenAI's family: chat and images, as gateways and OpenRouter speak them. */
@NullMarked
package dev.plantain.image.openai;

import org.jspecify.annotations.NullMarked;
