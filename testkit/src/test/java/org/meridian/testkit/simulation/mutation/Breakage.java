package org.meridian.testkit.simulation.mutation;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.meridian.core.diagnostic.Failure;

/** Ways to break a method. */
enum Breakage {
    /** It does nothing, and answers with nothing: null, 0 or false. */
    SKIPPED {
        @Override
        MethodTransform transform(TypeKind answer) {
            return (method, element) -> {
                if (element instanceof CodeModel) {
                    method.withCode(code -> nothing(code, answer));
                } else {
                    method.with(element);
                }
            };
        }
    },

    /** It answers the opposite. */
    NEGATED {
        @Override
        MethodTransform transform(TypeKind answer) {
            return beforeReturn(code -> code.iconst_1().ixor());
        }
    },

    /** It answers yes. */
    ALWAYS {
        @Override
        MethodTransform transform(TypeKind answer) {
            return beforeReturn(code -> code.pop().iconst_1());
        }
    },

    /** It answers with a list the other way round. */
    BACKWARDS {
        @Override
        MethodTransform transform(TypeKind answer) {
            ClassDesc list = ClassDesc.of(List.class.getName());
            return beforeReturn(code -> code.invokeinterface(list, "reversed", MethodTypeDesc.of(list)));
        }
    },

    /** It answers with the first of a list alone. */
    FIRST {
        @Override
        MethodTransform transform(TypeKind answer) {
            ClassDesc list = ClassDesc.of(List.class.getName());
            ClassDesc stream = ClassDesc.of(Stream.class.getName());
            return beforeReturn(code -> code.invokeinterface(list, "stream", MethodTypeDesc.of(stream))
                    .lconst_1()
                    .invokeinterface(stream, "limit", MethodTypeDesc.of(stream, ConstantDescs.CD_long))
                    .invokeinterface(stream, "toList", MethodTypeDesc.of(list)));
        }
    },

    /** It keeps to itself that it failed; of methods that answer nothing. */
    SILENT {
        @Override
        MethodTransform transform(TypeKind answer) {
            ClassDesc failure = ClassDesc.of(Failure.class.getName());
            return (method, element) -> {
                if (element instanceof CodeModel whole) {
                    method.withCode(code -> code.trying(
                            body -> whole.forEach(body::with),
                            caught -> caught.catching(
                                    failure, handler -> handler.pop().return_())));
                } else {
                    method.with(element);
                }
            };
        }
    };

    /** How the method's code changes, given what kind of answer it has. */
    abstract MethodTransform transform(TypeKind answer);

    private static void nothing(CodeBuilder code, TypeKind answer) {
        switch (answer) {
            case VOID -> {}
            case REFERENCE -> code.aconst_null();
            case LONG -> code.lconst_0();
            case DOUBLE -> code.dconst_0();
            case FLOAT -> code.fconst_0();
            default -> code.iconst_0();
        }
        code.return_(answer);
    }

    private static MethodTransform beforeReturn(Consumer<CodeBuilder> change) {
        CodeTransform code = (builder, element) -> {
            if (element instanceof ReturnInstruction) {
                change.accept(builder);
            }
            builder.with(element);
        };
        return MethodTransform.transformingCode(code);
    }
}
