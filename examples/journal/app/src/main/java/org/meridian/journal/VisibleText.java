package org.meridian.journal;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/** Collects what people see of a Markdown document; not the addresses behind links. */
final class VisibleText extends AbstractVisitor {
    private final StringBuilder seen = new StringBuilder();

    static String of(Node document) {
        VisibleText text = new VisibleText();
        document.accept(text);
        return text.seen.toString();
    }

    @Override
    public void visit(Text text) {
        seen.append(text.getLiteral());
    }

    @Override
    public void visit(Code code) {
        seen.append(code.getLiteral());
    }

    @Override
    public void visit(FencedCodeBlock block) {
        seen.append(block.getLiteral()).append(' ');
    }

    @Override
    public void visit(IndentedCodeBlock block) {
        seen.append(block.getLiteral()).append(' ');
    }

    @Override
    public void visit(SoftLineBreak end) {
        seen.append(' ');
    }

    @Override
    public void visit(HardLineBreak end) {
        seen.append(' ');
    }

    @Override
    public void visit(Paragraph paragraph) {
        visitChildren(paragraph);
        seen.append(' ');
    }

    @Override
    public void visit(Heading heading) {
        visitChildren(heading);
        seen.append(' ');
    }
}
