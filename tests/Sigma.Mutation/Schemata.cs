using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace Sigma.Mutation;

/// <summary>
/// Writes many mutants into one program: a member has its body once for each of its mutants, and once as it is, and a switch
/// says at run time which of them it is. So one build serves all mutants.
/// </summary>
internal static class Schemata
{
    /// <summary>Marks what belongs to a mutant; its data is the mutant's number.</summary>
    public const string Mark = "mutant";

    /// <summary>The switch: which mutant is on, and which have been passed.</summary>
    public const string Switch = """
        namespace Sigma;

        internal static class MutantSwitch
        {
            /// <summary>The mutant that is on, or -1. A process that tries many sets it.</summary>
            public static int On = int.TryParse(System.Environment.GetEnvironmentVariable("SIGMA_MUTANT"), out int on) ? on : -1;

            public static bool[]? Passed =
                int.TryParse(System.Environment.GetEnvironmentVariable("SIGMA_MUTANTS_PASSED"), out int count) ? new bool[count] : null;

            public static bool Is(int mutant)
            {
                if (Passed is { } passed)
                {
                    passed[mutant] = true;
                }

                return mutant == On;
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

        StatementSyntax body = BodyOf(host);
        foreach ((int number, Mutant mutant) in mutants)
        {
            body = IfStatement(Test(number), BodyOf(Changed(mutant)).WithAdditionalAnnotations(MarkOf(number)), ElseClause(body));
        }

        return WithBody(host, Block(body));
    }

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
