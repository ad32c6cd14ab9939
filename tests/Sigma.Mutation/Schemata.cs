using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Sigma.Mutation;

/// <summary>
/// Writes many mutants into one program: a member has its body once for each of its mutants, and once as it is, and a switch
/// says at run time which of them it is. So one build serves all mutants. The body as it is notes which of its statements run.
/// </summary>
internal static class Schemata
{
    /// <summary>Marks what belongs to a mutant; its data is the mutant's number.</summary>
    public const string Mark = "mutant";

    /// <summary>The switch: which mutant is on, and which places have been reached.</summary>
    public const string Switch = """
        namespace Sigma;

        internal static class MutantSwitch
        {
            /// <summary>The mutant that is on, or -1. A process that tries many sets it.</summary>
            public static int On = int.TryParse(System.Environment.GetEnvironmentVariable("SIGMA_MUTANT"), out int on) ? on : -1;

            public static bool[]? Passed =
                int.TryParse(System.Environment.GetEnvironmentVariable("SIGMA_MUTANTS_PASSED"), out int count) ? new bool[count] : null;

            /// <summary>Whether each loop is to end now, as the test takes too long.</summary>
            public static volatile bool Ends;

            public static bool Is(int mutant)
            {
                Pass(mutant);
                return mutant == On;
            }

            public static void Pass(int place)
            {
                if (Passed is { } passed)
                {
                    passed[place] = true;
                }
            }

            public static void GoOn()
            {
                if (Ends)
                {
                    throw new System.TimeoutException();
                }
            }
        }
        """;

    /// <summary>Writes the mutants of one file.</summary>
    /// <param name="root">The file.</param>
    /// <param name="mutants">The mutants, with their numbers.</param>
    public static SyntaxNode Write(SyntaxNode root, IReadOnlyList<(int Number, Mutant Mutant)> mutants)
    {
        var hosts = mutants.GroupBy(one => one.Mutant.Host).ToDictionary(group => group.Key, group => group.ToList());

        // A field within a member cannot be, so no host is in another, but for the value of a property beside its accessors.
        return root.ReplaceNodes(hosts.Keys, (host, _) => Write(host, hosts[host]));
    }

    /// <summary>
    /// The place of a mutant: the number of a mutant that is reached whenever this one is, the least of those in the innermost statement around it. Which
    /// places tests reach says which mutants they can notice.
    /// </summary>
    /// <param name="mutants">Mutants, with their numbers.</param>
    public static IEnumerable<(int Number, int Place)> Places(IEnumerable<(int Number, Mutant Mutant)> mutants) =>
        mutants.GroupBy(one => one.Mutant.Host).SelectMany(host => host.Key is EqualsValueClauseSyntax
            ? host.Select(one => (one.Number, one.Number))
            : host.GroupBy(one => StatementOf(one.Mutant)).SelectMany(group => group.Select(one => (one.Number, group.Min(other => other.Number)))));

    private static SyntaxNode Write(SyntaxNode host, List<(int Number, Mutant Mutant)> mutants)
    {
        if (host is EqualsValueClauseSyntax value)
        {
            ExpressionSyntax chain = ParenthesizedExpression(value.Value);
            foreach ((int number, Mutant mutant) in mutants)
            {
                ExpressionSyntax changed = ParenthesizedExpression(((EqualsValueClauseSyntax)Changed(mutant)).Value).WithAdditionalAnnotations(MarkOf(number));
                chain = ParenthesizedExpression(ConditionalExpression(Test(number), changed, chain));
            }

            return value.WithValue(chain);
        }

        var sections = new List<SwitchSectionSyntax>();
        foreach ((int number, Mutant mutant) in mutants)
        {
            SwitchLabelSyntax label = CaseSwitchLabel(LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(number)));
            sections.Add(SwitchSection([label], [WithEnds(BodyOf(Changed(mutant))).WithAdditionalAnnotations(MarkOf(number)), BreakStatement()]));
        }

        sections.Add(SwitchSection([DefaultSwitchLabel()], [WithEnds(WithPlaces(host, mutants)), BreakStatement()]));
        return WithBody(host, Block(SwitchStatement(ParseExpression("global::Sigma.MutantSwitch.On"), List(sections))));
    }

    /// <summary>The body as it is, in which each statement that has mutants notes that it runs.</summary>
    private static BlockSyntax WithPlaces(SyntaxNode host, List<(int Number, Mutant Mutant)> mutants)
    {
        var places = mutants.GroupBy(one => StatementOf(one.Mutant)).ToLookup(group => group.Key, group => group.Min(one => one.Number));

        // Also a member that is one expression has statements, in functions within it.
        BlockSyntax body = BodyOf(host.ReplaceNodes(
            host.DescendantNodes().Where(node => node is BlockSyntax or SwitchSectionSyntax),
            (old, node) => (old, node) switch
            {
                (BlockSyntax before, BlockSyntax block) => block.WithStatements(Noting(before.Statements, block.Statements)),
                (SwitchSectionSyntax before, SwitchSectionSyntax section) => section.WithStatements(Noting(before.Statements, section.Statements)),
                _ => node,
            }));
        return body.WithStatements(List(places[null].Select(Pass).Concat(body.Statements)));

        SyntaxList<StatementSyntax> Noting(SyntaxList<StatementSyntax> before, SyntaxList<StatementSyntax> now) =>
            List(now.Zip(before).SelectMany(pair => places[pair.Second].Select(Pass).Append(pair.First)));
    }

    /// <summary>The innermost statement around a mutant in front of which another one can stand; null where that is the whole body.</summary>
    private static StatementSyntax? StatementOf(Mutant mutant) => mutant.Node.AncestorsAndSelf().TakeWhile(node => node != mutant.Host)
        .OfType<StatementSyntax>().FirstOrDefault(statement => statement is not LocalFunctionStatementSyntax && statement.Parent is BlockSyntax or SwitchSectionSyntax);

    private static StatementSyntax Pass(int place) => ParseStatement($"global::Sigma.MutantSwitch.Pass({place});");

    /// <summary>Lets a process end the loops of a body that has no end.</summary>
    private static BlockSyntax WithEnds(BlockSyntax body) => body.ReplaceNodes(
        body.DescendantNodes().OfType<BlockSyntax>().Where(block => block.Parent is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax),
        (_, block) => block.WithStatements(block.Statements.Insert(0, ParseStatement("global::Sigma.MutantSwitch.GoOn();"))));

    private static SyntaxNode Changed(Mutant mutant) => mutant.Host.ReplaceNode(mutant.Node, mutant.Instead);

    private static SyntaxAnnotation MarkOf(int number) => new(Mark, number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static ExpressionSyntax Test(int number) => ParseExpression($"global::Sigma.MutantSwitch.Is({number})");

    private static BlockSyntax BodyOf(SyntaxNode host) => host switch
    {
        BaseMethodDeclarationSyntax { Body: { } body } => body,
        AccessorDeclarationSyntax { Body: { } body } => body,
        BaseMethodDeclarationSyntax method => Block(Statement(method.ExpressionBody!.Expression, IsVoid(method))),
        AccessorDeclarationSyntax accessor => Block(Statement(accessor.ExpressionBody!.Expression, !accessor.IsKind(SyntaxKind.GetAccessorDeclaration))),
        PropertyDeclarationSyntax property => Block(Statement(property.ExpressionBody!.Expression, isVoid: false)),
        IndexerDeclarationSyntax indexer => Block(Statement(indexer.ExpressionBody!.Expression, isVoid: false)),
        _ => throw new System.Diagnostics.UnreachableException(host.Kind().ToString()),
    };

    private static bool IsVoid(BaseMethodDeclarationSyntax method) =>
        method is ConstructorDeclarationSyntax or DestructorDeclarationSyntax or MethodDeclarationSyntax { ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } };

    private static StatementSyntax Statement(ExpressionSyntax expression, bool isVoid) => expression switch
    {
        ThrowExpressionSyntax thrown => ThrowStatement(thrown.Expression),
        _ when isVoid => ExpressionStatement(expression),
        _ => ReturnStatement(expression.WithLeadingTrivia(Space)),
    };

    private static SyntaxNode WithBody(SyntaxNode host, BlockSyntax body)
    {
        SyntaxToken none = default;
        return host switch
        {
            BaseMethodDeclarationSyntax method => method.WithExpressionBody(null).WithBody(body).WithSemicolonToken(none),
            AccessorDeclarationSyntax accessor => accessor.WithExpressionBody(null).WithBody(body).WithSemicolonToken(none),
            PropertyDeclarationSyntax property => property.WithExpressionBody(null).WithSemicolonToken(none).WithAccessorList(Getter(body)),
            IndexerDeclarationSyntax indexer => indexer.WithExpressionBody(null).WithSemicolonToken(none).WithAccessorList(Getter(body)),
            _ => throw new System.Diagnostics.UnreachableException(host.Kind().ToString()),
        };
    }

    private static AccessorListSyntax Getter(BlockSyntax body) => AccessorList([AccessorDeclaration(SyntaxKind.GetAccessorDeclaration, body)]);
}
