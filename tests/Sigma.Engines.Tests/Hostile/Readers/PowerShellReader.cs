using System.Management.Automation.Language;

namespace Sigma.Engines.Tests.Hostile.Readers;

/// <summary>PowerShell's own parser: the commands, members, types and variables of a script, and the texts it has as data.</summary>
internal static class PowerShellReader
{
    public static Reading Read(string script)
    {
        var tree = Parser.ParseInput(script, out _, out var errors);
        if (errors.Length > 0)
        {
            throw new Unreadable("PowerShell: " + errors[0].Message);
        }

        var reading = new Reading();
        foreach (var node in tree.FindAll(_ => true, searchNestedScriptBlocks: true).Where(node => !IsCharacter(node)))
        {
            switch (node)
            {
                case CommandAst command:
                    reading.Structure.Add("command " + (command.GetCommandName() ?? command.CommandElements[0].ToString()));
                    break;
                case CommandParameterAst parameter:
                    reading.Structure.Add("parameter " + parameter.ParameterName);
                    break;
                case InvokeMemberExpressionAst invoked:
                    reading.Structure.Add("method " + invoked.Member);
                    break;
                case MemberExpressionAst member:
                    reading.Structure.Add("member " + (member.Member is StringConstantExpressionAst { StringConstantType: StringConstantType.BareWord } name ? name.Value : "'…'"));
                    break;
                case TypeExpressionAst type:
                    reading.Structure.Add("type " + type.TypeName);
                    break;
                case VariableExpressionAst variable:
                    reading.Structure.Add("variable " + variable.VariablePath);
                    break;
                case StringConstantExpressionAst text:
                    reading.Texts.Add(("text", text.Value));
                    break;
                case ExpandableStringExpressionAst text:
                    reading.Texts.Add(("text", Text(text)));
                    break;
                case FileRedirectionAst:
                    throw new Unreadable("a redirection");
            }

            reading.Structure.Add(node is ExpandableStringExpressionAst ? nameof(StringConstantExpressionAst) : node.GetType().Name);
        }

        reading.Counts["statements"] = tree.EndBlock.Statements.Count;
        reading.Counts["pipelines at the top"] = tree.EndBlock.Statements.OfType<PipelineAst>().Count();
        return reading;
    }

    /// <summary>A text in which nothing is evaluated but characters by their number, which is how one that cannot stand there is written.</summary>
    private static string Text(ExpandableStringExpressionAst text)
    {
        if (text.NestedExpressions.Any(nested => Character(nested) is null))
        {
            throw new Unreadable($"a text in which something is evaluated: {text}");
        }

        // Value has the expressions as they are written; all else is read.
        return text.NestedExpressions.Aggregate(text.Value, (value, nested) => value.Replace(nested.Extent.Text, Character(nested)!.Value.ToString()));
    }

    private static char? Character(Ast nested) =>
        nested is SubExpressionAst { SubExpression.Statements: [PipelineAst { PipelineElements: [CommandExpressionAst { Expression: ConvertExpressionAst { Type.TypeName.FullName: "char", Child: ConstantExpressionAst { Value: int code } } }] }] }
            ? (char)code : null;

    private static bool IsCharacter(Ast node)
    {
        for (var at = node; at is not null; at = at.Parent)
        {
            if (Character(at) is not null)
            {
                return true;
            }
        }

        return false;
    }
}
